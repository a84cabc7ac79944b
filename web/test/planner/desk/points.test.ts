import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Deeds, deedsOf } from '../../../src/planner/desk/effects.ts';
import { next } from '../../../src/planner/desk/next.ts';
import {
  newPointOf,
  offeredTo,
  pointChanged,
  pointEditOf,
  takenFrom,
} from '../../../src/planner/desk/points/draft.ts';
import { NOBODY } from '../../../src/planner/desk/state.ts';
import { type DeskStore, deskStore } from '../../../src/planner/desk/store.ts';
import { type Store, storeOf } from '../../../src/planner/store.ts';
import { Refused } from '../../../src/shared/api.ts';
import type { LonLat, NewPoint, PointEdit, RescuePoint } from '../../../src/shared/contract.ts';
import type { RegisterApi } from '../../../src/shared/register.ts';
import { pageAfter, piece, regionsCame } from '../../world.ts';

const HERE: LonLat = [9.5, 47.1];
const east = (m: number): LonLat => [9.5 + m / 75_900, 47.1];
const fields = { name: 'mill', note: '', at: HERE, pieces: ['p1', 'p2'] };

function point(id: string, over: Partial<RescuePoint['properties']> = {}, at: LonLat = HERE): RescuePoint {
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: at },
    properties: {
      id,
      name: 'mill',
      note: null,
      pieces: [],
      gone: [],
      water_body: null,
      village: null,
      four: { board: 'none', ring: 'none', rope: 'none', pole: 'usable' },
      missing: ['board', 'ring', 'rope'],
      complete: false,
      ...over,
    },
  };
}

describe('what is sent of a rescue point', () => {
  it('is only what was changed, and an empty note takes the note away', () => {
    const before = { ...fields, note: 'behind the shed' };
    const after = { ...before, name: ' old mill ', note: ' ', pieces: ['p2', 'p1'] };
    expect(pointEditOf(before, after)).toEqual({ name: 'old mill', note: null });
    expect(pointChanged(before, before)).toEqual([]);
  });

  it('of a new one names no pieces unless somebody chose them', () => {
    expect(newPointOf('mill ', '', HERE, null)).toEqual({ name: 'mill', at: HERE });
    expect(newPointOf('mill', 'x', HERE, [])).toEqual({ name: 'mill', at: HERE, note: 'x', pieces: [] });
  });
});

describe('the pieces that are offered', () => {
  const pieces = [
    piece('far', east(90)),
    piece('near', east(30)),
    piece('here', HERE),
    piece('own', east(200)),
  ];

  it('are its own wherever they stand, and free ones near it, the nearest first', () => {
    const ids = (taken: string[]) =>
      offeredTo(HERE, ['own'], pieces, new Set(taken)).map((one) => one.piece.properties.id);
    expect(ids([])).toEqual(['here', 'near', 'own']);
    expect(ids(['near'])).toEqual(['here', 'own']);
  });

  it('are free unless another rescue point has them', () => {
    const points = [point('a', { pieces: ['p1'] }), point('b', { pieces: ['p2'] })];
    expect([...takenFrom(points, 'a')]).toEqual(['p2']);
    expect([...takenFrom(points, null)]).toEqual(['p1', 'p2']);
  });
});

describe('the form of a rescue point', () => {
  const said = { name: 'mill', note: '', pieces: null };
  const opened = next(NOBODY, { is: 'pointOpened', point: { id: null, seen: null, said, theirs: null } });

  it('takes the place of the form of a piece, and the other way round', () => {
    const drafted = next(opened, { is: 'newDraftOpened', kind: 'pole' });
    expect(drafted.point).toBeNull();
    expect(next(drafted, { is: 'pointOpened', point: opened.point as never }).draft).toBeNull();
  });

  it('keeps what was typed when the session ends', () => {
    const typed = next(opened, { is: 'pointSaidSo', said: { note: 'half a sentence' } });
    const account = { id: 1, name: 'wang', roles: [] };
    expect(next(typed, { is: 'signedIn', account }).point?.said.note).toBe('half a sentence');
  });
});

/** A register of one rescue point, which others can change behind one's back. */
class Kept {
  version = 1;
  point: RescuePoint | null = point('rescue-point-1');
  before = (): void => {};

  get etag() {
    return `"${this.version}"`;
  }
  say(over: Partial<RescuePoint['properties']>) {
    this.version += 1;
    this.point = point('rescue-point-1', { ...this.point?.properties, ...over });
  }
  #there(): RescuePoint {
    if (this.point === null) throw refusal(404, 'unknown-rescue-point');
    return this.point;
  }
  #check(etag: string) {
    this.before();
    if (etag !== this.etag) throw refusal(412, 'changed-meanwhile');
  }

  get api(): RegisterApi {
    const say = <T>(run: () => T): Promise<T> => Promise.resolve().then(run);
    return {
      session: () => say(() => ({ account: { id: 1, name: 'wang', roles: [] } })),
      points: () => say(() => (this.point === null ? [] : [this.point])),
      point: () => say(() => ({ body: this.#there(), etag: this.etag })),
      addPoint: (_: string, asked: NewPoint) =>
        say(() => {
          this.say({ name: asked.name, pieces: asked.pieces ?? ['beside'] });
          return { body: this.#there(), etag: this.etag };
        }),
      editPoint: (_r: string, _id: string, { at: _at, ...edit }: PointEdit, etag: string) =>
        say(() => {
          this.#check(etag);
          this.say(edit as Partial<RescuePoint['properties']>);
          return { body: this.#there(), etag: this.etag };
        }),
      retirePoint: (_r: string, _id: string, etag: string) =>
        say(() => {
          this.#check(etag);
          this.#there();
          this.point = null;
        }),
      audit: () =>
        say(() => ({ entries: [{ id: 7, thing_id: 'rescue-point-1', who: 'wang' }], next: null }) as never),
    } as Partial<RegisterApi> as RegisterApi;
  }
}

const refusal = (status: number, kind: string) =>
  new Refused({ type: `/problems/${kind}`, title: kind, status, detail: kind });

describe('a rescue point', () => {
  let kept: Kept;
  let planner: Store;
  let desk: DeskStore;
  let can: Deeds;
  const told = { saved: vi.fn(), retired: vi.fn() };
  const now = () => desk.state.peek();

  beforeEach(async () => {
    vi.clearAllMocks();
    kept = new Kept();
    planner = storeOf(pageAfter(regionsCame));
    desk = deskStore();
    can = deedsOf(desk, planner, kept.api, told as never);
    await can.resume();
  });

  it('is made at a place, shown there, and can be taken back', async () => {
    await can.newPoint(HERE);
    desk.dispatch({ is: 'pointSaidSo', said: { name: 'lock' } });
    await can.savePoint();
    expect(kept.point?.properties).toMatchObject({ name: 'lock', pieces: ['beside'] });
    expect(now()).toMatchObject({ point: null, fault: null, lists: { points: [{ id: 'rescue-point-1' }] } });
    expect(planner.state.peek()).toMatchObject({ marked: null, selection: { what: 'place', at: HERE } });
    expect(now().mine).toMatchObject([{ entry: 7, verb: 'add', name: 'lock' }]);
  });

  it('is kept although something else of the region has changed meanwhile', async () => {
    await can.editPoint('rescue-point-1');
    desk.dispatch({ is: 'pointSaidSo', said: { name: 'lock' } });
    kept.version += 1;
    await can.savePoint();
    expect(kept.point?.properties.name).toBe('lock');
    expect(told.saved).toHaveBeenCalledWith('lock');
  });

  it('that somebody else has changed is shown as they left it, and written by saving again', async () => {
    await can.editPoint('rescue-point-1');
    desk.dispatch({ is: 'pointSaidSo', said: { name: 'lock' } });
    kept.say({ name: 'weir', note: 'by li' });
    await can.savePoint();
    expect(kept.point?.properties).toMatchObject({ name: 'weir', note: 'by li' });
    expect(now().fault).toMatchObject({ deed: 'savePoint', fault: { kind: 'changed-meanwhile' } });
    expect(now().point).toMatchObject({ said: { name: 'lock', note: 'by li' }, theirs: { name: 'weir' } });
    await can.savePoint();
    expect(kept.point?.properties).toMatchObject({ name: 'lock', note: 'by li' });
  });

  it('that nobody has changed is not written', async () => {
    await can.editPoint('rescue-point-1');
    await can.savePoint();
    expect(kept.version).toBe(1);
    expect(now().point).toBeNull();
  });

  it('that somebody has given up meanwhile is told at the form, and what was typed stays', async () => {
    await can.editPoint('rescue-point-1');
    desk.dispatch({ is: 'pointSaidSo', said: { name: 'lock' } });
    kept.before = () => {
      kept.point = null;
      throw refusal(404, 'unknown-rescue-point');
    };
    await can.savePoint();
    expect(now().fault).toMatchObject({ deed: 'savePoint', fault: { kind: 'unknown-rescue-point' } });
    expect(now().point?.said.name).toBe('lock');
  });

  it('is given up after asking, and asked about again when somebody has changed it since', async () => {
    await can.askRetirePoint(kept.point as RescuePoint);
    kept.say({ name: 'weir' });
    await can.retirePoint();
    expect(kept.point).not.toBeNull();
    expect(now().dialog).toMatchObject({ what: 'retirePoint', seen: { fields: { name: 'weir' } } });
    await can.retirePoint();
    expect(kept.point).toBeNull();
    expect(now()).toMatchObject({ dialog: null, mine: [{ verb: 'retire', name: 'weir' }] });
  });
});
