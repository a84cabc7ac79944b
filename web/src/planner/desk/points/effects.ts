// Rescue points: made, edited and given up, as long as nobody else has changed the same one.
import type { LonLat, RescuePoint } from '../../../shared/contract.ts';
import type { Hands } from '../effects.ts';
import { ChangedMeanwhile } from '../faults.ts';
import { sentOver } from '../sending.ts';
import type { PointSeen, Verb } from '../state.ts';
import { newPointOf, type PointFields, pointChanged, pointEditOf, pointFieldsOf } from './draft.ts';

export function pointDeeds({ desk, planner, api, told, region, doing, remember, closeDraft }: Hands) {
  const { dispatch } = desk;
  const now = () => desk.state.peek();

  async function list(): Promise<void> {
    const asked = region();
    dispatch({ is: 'listCame', region: asked, list: { points: await api.points(asked) } });
  }

  async function seenNow(id: string): Promise<PointSeen> {
    const { body, etag } = await api.point(region(), id);
    return { fields: pointFieldsOf(body), etag: etag ?? '' };
  }

  const sent = (id: string, seen: PointSeen, send: (etag: string) => Promise<unknown>) =>
    sentOver(
      seen,
      send,
      () => seenNow(id),
      (theirs) => pointChanged(seen.fields, theirs.fields).length === 0,
    );

  async function keptAs(id: string, verb: Verb, { name, at }: PointFields): Promise<void> {
    closeDraft();
    // When it is told, it can be seen and be taken back.
    await Promise.all([list().catch(() => {}), remember(id, verb, name)]);
    planner.dispatch({ is: 'selected', selection: verb === 'retire' ? null : { what: 'place', at } });
    if (verb === 'retire') told.retired(name);
    else told.saved(name);
  }

  return {
    /** Begins a rescue point at a place; without one, at the place that is tapped next. */
    newPoint: (at: LonLat | null) => {
      const said = { name: '', note: '', pieces: null };
      dispatch({ is: 'pointOpened', point: { id: null, seen: null, said, theirs: null } });
      if (at === null) planner.dispatch({ is: 'modeSet', mode: { what: 'mark' } });
      else planner.dispatch({ is: 'marked', at });
      // Other points have pieces that are not offered. What does not come is refused when it is saved.
      return list().catch(() => {});
    },
    editPoint: (id: string) =>
      doing(
        'point',
        async () => {
          const seen = await seenNow(id);
          await list();
          const { at, ...said } = seen.fields;
          dispatch({ is: 'pointOpened', point: { id, seen, said, theirs: null } });
          planner.dispatch({ is: 'marked', at });
        },
        id,
      ),
    savePoint: () => {
      const { point } = now();
      const at = planner.state.peek().marked;
      if (point === null || at === null) return Promise.resolve();
      const { id, seen, said } = point;
      return doing('savePoint', async () => {
        if (id === null || seen === null) {
          const { body } = await api.addPoint(region(), newPointOf(said.name, said.note, at, said.pieces));
          await keptAs(body.properties.id, 'add', pointFieldsOf(body));
          return;
        }
        const mine = { ...said, pieces: said.pieces ?? seen.fields.pieces, at };
        const edit = pointEditOf(seen.fields, mine);
        const fields = Object.keys(edit);
        if (fields.length === 0) {
          closeDraft();
          return;
        }
        const theirs = await sent(id, seen, (etag) => api.editPoint(region(), id, edit, etag));
        if (theirs === null) {
          await keptAs(id, fields.join() === 'at' ? 'move' : 'edit', mine);
          return;
        }
        // What one has not touched becomes theirs; what both have is shown, and one's own is written by saving again.
        const touched = pointChanged(seen.fields, mine).map((field) => [field, mine[field]]);
        const { at: where, ...rebased } = { ...theirs.fields, ...Object.fromEntries(touched) } as PointFields;
        dispatch({ is: 'pointOpened', point: { id, seen: theirs, said: rebased, theirs: theirs.fields } });
        planner.dispatch({ is: 'marked', at: where });
        throw new ChangedMeanwhile();
      });
    },
    askRetirePoint: ({ properties: { id } }: RescuePoint) =>
      doing(
        'point',
        async () => {
          const seen = await seenNow(id);
          dispatch({ is: 'dialogOpened', dialog: { what: 'retirePoint', id, seen } });
        },
        id,
      ),
    retirePoint: () => {
      const { dialog } = now();
      if (dialog?.what !== 'retirePoint') return Promise.resolve();
      const { id, seen } = dialog;
      return doing('retirePoint', async () => {
        const theirs = await sent(id, seen, (etag) => api.retirePoint(region(), id, etag));
        if (theirs !== null) {
          dispatch({ is: 'dialogOpened', dialog: { ...dialog, seen: theirs } });
          throw new ChangedMeanwhile();
        }
        await keptAs(id, 'retire', seen.fields);
      });
    },
  };
}
