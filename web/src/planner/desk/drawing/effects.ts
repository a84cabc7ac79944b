// The map put right: ways, bridges and waters that are drawn, others that are struck out, and both taken back.
import type { Correction, LonLat } from '../../../shared/contract.ts';
import type { Hands } from '../effects.ts';
import type { Sketched } from '../state.ts';
import { drawn, leastCorners } from './sketch.ts';

export function mapDeeds({ desk, planner, api, told, region, doing, remember }: Hands) {
  const { dispatch } = desk;
  const { state } = planner;

  function letGo(): void {
    dispatch({ is: 'sketchOpened', sketch: null });
    planner.dispatch({ is: 'sketched', sketch: null });
  }

  async function list(): Promise<void> {
    const asked = region();
    dispatch({ is: 'listCame', region: asked, list: { corrections: await api.corrections(asked) } });
  }

  return {
    beginSketch: (what: Sketched['what']) => {
      const kind = what === 'water' ? 'pond' : 'footway';
      dispatch({ is: 'sketchOpened', sketch: { what, kind, name: '' } });
      planner.dispatch({ is: 'sketched', sketch: { line: [], is_ring: what === 'water' } });
    },
    dropSketch: letGo,
    saveSketch: () => {
      const { sketch } = desk.state.peek();
      const line = state.peek().sketch?.line ?? [];
      if (sketch === null || line.length < leastCorners(sketch.what)) return Promise.resolve();
      return doing('draw', async () => {
        const made = await api.correct(region(), drawn(sketch, line));
        letGo();
        const name = made.name ?? made.id;
        told.saved(name);
        await list();
        await remember(made.id, 'draw', name);
      });
    },
    /** What the map has at a place is not there. */
    strike: (what: 'no_path' | 'no_water', at: LonLat) =>
      doing('strike', async () => {
        const made = await api.correct(region(), { what, at });
        const name = made.source ?? made.id;
        told.struck(name);
        planner.dispatch({ is: 'selected', selection: null });
        await remember(made.id, 'strike', name);
      }),
    takeBack: ({ id, name }: Correction) =>
      doing(
        'draw',
        async () => {
          await api.takeBack(region(), id);
          told.undone();
          await list();
          await remember(id, 'takeBack', name ?? id);
        },
        id,
      ),
  };
}
