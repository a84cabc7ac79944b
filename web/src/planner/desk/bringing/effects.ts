// A file of equipment: read and shown first, then imported as a whole, if the register is still as it was.
import { Refused } from '../../../shared/api.ts';
import type { Doubt, LonLat, Preview } from '../../../shared/contract.ts';
import type { ImportAsked } from '../../../shared/register.ts';
import type { Hands } from '../effects.ts';
import { ChangedMeanwhile, isOf } from '../faults.ts';

const AS_IT_SAYS: ImportAsked = { datum: '', kind: '', takes: [], columns: {} };

export function bringDeeds({ desk, planner, api, told, region, doing, since }: Hands) {
  const { dispatch } = desk;
  const now = () => desk.state.peek().brought;

  /** Shows on the map what would become of the file. */
  function show(preview: Preview | null, flies: boolean): void {
    const rows = preview?.rows ?? [];
    const proposed = rows.map(({ geometry, properties: { outcome } }) => ({
      at: geometry.coordinates as unknown as LonLat,
      is: outcome,
    }));
    planner.dispatch({ is: 'proposed', proposed });
    // What lies outside may lie anywhere.
    const inside = rows.filter(({ properties }) => properties.reason !== 'outside');
    const places = inside.map(({ geometry }) => geometry.coordinates as unknown as LonLat);
    const bounds = flies ? aroundOf(places) : null;
    if (bounds !== null) planner.dispatch({ is: 'waterPicked', bounds });
  }

  async function read(file: File, asked: ImportAsked, flies: boolean): Promise<void> {
    try {
      const { body, etag } = await api.preview(region(), file, asked);
      dispatch({ is: 'broughtIs', brought: { file, asked, preview: body, unread: null, etag: etag ?? '' } });
      show(body, flies);
    } catch (cause) {
      const unread = cause instanceof Refused ? (cause.problem.columns ?? null) : null;
      if (unread === null) throw cause;
      // Somebody can say which column is which.
      dispatch({ is: 'broughtIs', brought: { file, asked, preview: null, unread, etag: '' } });
      show(null, false);
    }
  }

  function letGo(): void {
    dispatch({ is: 'broughtIs', brought: null });
    show(null, false);
  }

  return {
    bring: (file: File) => {
      dispatch({ is: 'viewPicked', view: 'pieces' });
      dispatch({
        is: 'broughtIs',
        brought: { file, asked: AS_IT_SAYS, preview: null, unread: null, etag: '' },
      });
      show(null, false);
      return doing('preview', () => read(file, AS_IT_SAYS, true));
    },
    /** The same file read otherwise. */
    readAgain: (other: Partial<ImportAsked>) => {
      const brought = now();
      if (brought === null) return Promise.resolve();
      const asked = { ...brought.asked, ...other };
      return doing('preview', () =>
        read(brought.file, asked, other.datum !== undefined || other.columns !== undefined),
      );
    },
    take: (doubt: Doubt, isTaken: boolean) => {
      const brought = now();
      if (brought === null) return Promise.resolve();
      const others = brought.asked.takes.filter((one) => one !== doubt);
      const takes = isTaken ? [...others, doubt] : others;
      return doing('preview', () => read(brought.file, { ...brought.asked, takes }, false));
    },
    importIt: () => {
      const brought = now();
      if (brought === null || brought.preview === null) return Promise.resolve();
      const { file, asked, etag } = brought;
      return doing('import', async () => {
        try {
          const { body } = await api.importFile(region(), file, asked, etag);
          letGo();
          const { entry, counts } = body;
          const step = { verb: 'import', name: file.name, since: since() } as const;
          if (entry !== null) dispatch({ is: 'stepMade', step: { ...step, entry } });
          told.imported(counts.added + counts.changed);
        } catch (cause) {
          if (!isOf(cause, 412)) throw cause;
          await read(file, asked, false);
          throw new ChangedMeanwhile();
        }
      });
    },
    dropFile: letGo,
  };
}

/** West, south, east, north of some places; nothing without any. */
function aroundOf(places: readonly LonLat[]): [number, number, number, number] | null {
  const [first, ...others] = places;
  if (first === undefined) return null;
  const start: [number, number, number, number] = [first[0], first[1], first[0], first[1]];
  return others.reduce<[number, number, number, number]>(
    ([west, south, east, north], [lon, lat]) => [
      Math.min(west, lon),
      Math.min(south, lat),
      Math.max(east, lon),
      Math.max(north, lat),
    ],
    start,
  );
}
