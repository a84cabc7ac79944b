import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Deeds, deedsOf } from '../../../src/planner/desk/effects.ts';
import { type DeskStore, deskStore } from '../../../src/planner/desk/store.ts';
import { type Store, storeOf } from '../../../src/planner/store.ts';
import type { Account } from '../../../src/shared/accounts.ts';
import { Refused } from '../../../src/shared/api.ts';
import type {
  Correction,
  Equipment,
  NewCorrection,
  PieceEdit,
  Report,
  Water,
} from '../../../src/shared/contract.ts';
import type { RegisterApi } from '../../../src/shared/register.ts';
import { pageAfter, piece, regionsCame } from '../../world.ts';
import { told } from './told.ts';

const wang: Account = { id: 1, name: 'wang', roles: [{ role: 'planner', region: null }] };

const refusal = (status: number, kind: string) =>
  new Refused({ type: `/problems/${kind}`, title: kind, status, detail: kind });

/** A register of one piece and one bridge, which others can change behind one's back. */
class Kept {
  version = 1;
  piece: Equipment | null = piece('p1', [9.5, 47.1]);
  bridge: 'open' | 'closed' = 'open';
  water: Water = { id: 'w1', name: 'Rhine', kind: 'river', risk: 2, mapped_risk: 2, bank_m: 900 };
  corrected: { id: string; name: string | null; asked: NewCorrection }[] = [];
  log: { id: number; thing_id: string; who: string }[] = [];
  undoes = (_: number): void => {};
  /** Runs before every change that is sent. */
  before = (): void => {};

  get etag() {
    return `"${this.version}"`;
  }
  say(edit: Partial<Equipment['properties']>) {
    this.version += 1;
    if (this.piece) this.piece = piece('p1', [9.5, 47.1], { ...this.piece.properties, ...edit });
  }
  #check(etag: string) {
    this.before();
    if (etag !== this.etag) throw refusal(412, 'changed-meanwhile');
  }
  #note(thing_id: string) {
    this.log.unshift({ id: this.log.length + 1, thing_id, who: 'wang' });
  }
  #there(): Equipment {
    if (this.piece === null) throw refusal(404, 'unknown-equipment');
    return this.piece;
  }

  get api(): RegisterApi {
    const say = <T>(run: () => T): Promise<T> => Promise.resolve().then(run);
    const bridge = () => ({
      body: { properties: { id: 'bridge-1', state: this.bridge } } as never,
      etag: this.etag,
    });
    return {
      session: () => say(() => ({ account: wang })),
      signIn: (_, password) =>
        say(() => {
          if (password !== 'right horse') throw refusal(401, 'wrong-password');
          return { account: wang };
        }),
      corrections: () => say(() => this.corrected as never),
      correct: (_: string, asked: NewCorrection) =>
        say(() => {
          if (asked.what === 'no_path') throw refusal(400, 'nothing-there');
          const id = `correction-${this.corrected.length + 1}`;
          const one = { id, name: ('name' in asked && asked.name) || null, asked };
          this.corrected.push(one);
          this.#note(id);
          return { ...one, source: asked.what === 'no_water' ? 'w7' : null } as never;
        }),
      takeBack: (_: string, id: string) =>
        say(() => {
          this.corrected = this.corrected.filter((one) => one.id !== id);
          this.#note(id);
        }),
      piece: () => say(() => ({ body: this.#there(), etag: this.etag })),
      editPiece: (_: string, id: string, edit: PieceEdit, etag: string) =>
        say(() => {
          this.#check(etag);
          this.#there();
          const { at: _at, ...said } = edit;
          this.say(said as Partial<Equipment['properties']>);
          this.#note(id);
          return { body: this.#there(), etag: this.etag };
        }),
      retirePiece: (_: string, id: string, etag: string) =>
        say(() => {
          this.#check(etag);
          this.version += 1;
          this.piece = null;
          this.#note(id);
        }),
      crossing: () => say(bridge),
      setCrossing: (_r: string, id: string, state: 'open' | 'closed', etag: string) =>
        say(() => {
          this.#check(etag);
          this.bridge = state;
          this.version += 1;
          this.#note(id);
          return bridge();
        }),
      waters: () => say(() => [this.water]),
      water: () => say(() => ({ body: this.water, etag: this.etag })),
      grade: (_: string, id: string, risk: number, etag: string) =>
        say(() => {
          this.#check(etag);
          this.version += 1;
          this.water = { ...this.water, risk };
          this.#note(id);
          return { body: this.water, etag: this.etag };
        }),
      inspect: (_: string, id: string, condition: 'usable' | 'damaged', etag: string) =>
        say(() => {
          this.#check(etag);
          this.say({ condition });
          this.#note(id);
          return { body: this.#there(), etag: this.etag };
        }),
      openReports: () => say(() => []),
      decide: () =>
        say(() => {
          throw refusal(409, 'report-decided');
        }),
      audit: () => say(() => ({ entries: this.log, next: null }) as never),
      undo: (_: string, entry: number) =>
        say(() => {
          this.undoes(entry);
          return { id: 99, thing: 'equipment', thing_id: 'p1' };
        }),
    } as Partial<RegisterApi> as RegisterApi;
  }
}

let kept: Kept;
let planner: Store;
let desk: DeskStore;
let can: Deeds;
const now = () => desk.state.peek();

beforeEach(async () => {
  vi.clearAllMocks();
  kept = new Kept();
  planner = storeOf(pageAfter(regionsCame));
  desk = deskStore();
  can = deedsOf(desk, planner, kept.api, told);
  await can.resume();
});

async function editing(note = 'mine') {
  await can.edit('p1');
  desk.dispatch({ is: 'saidSo', said: { note } });
}

describe('deeds', () => {
  it('wait for the one that is under way, and the same one twice is done once', async () => {
    const looked = can.resume();
    const [first, second] = [can.edit('p1'), can.edit('p1')];
    await Promise.all([looked, first, second]);
    expect(now().draft?.id).toBe('p1');
    desk.dispatch({ is: 'saidSo', said: { note: 'mine' } });
    await Promise.all([can.save(), can.save()]);
    expect(kept.log).toHaveLength(1);
    expect(now()).toMatchObject({ doing: null, fault: null });
  });
});

describe('an edit', () => {
  it('is kept, told, and becomes a step to undo', async () => {
    await editing();
    expect(planner.state.peek().marked).toEqual([9.5, 47.1]);
    await can.save();
    expect(kept.piece?.properties.note).toBe('mine');
    expect(now().draft).toBeNull();
    expect(planner.state.peek().marked).toBeNull();
    expect(told.saved).toHaveBeenCalledWith('AB-0001-K');
    expect(now().mine).toEqual([{ entry: 1, verb: 'edit', name: 'AB-0001-K', since: 0 }]);
  });

  it('goes through when only other things of the region have changed', async () => {
    await editing();
    kept.version = 5;
    await can.save();
    expect(kept.piece?.properties.note).toBe('mine');
    expect(now().dialog).toBeNull();
  });

  it('that changes nothing asks for nothing', async () => {
    await can.edit('p1');
    await can.save();
    expect(kept.version).toBe(1);
    expect(now().draft).toBeNull();
  });

  it('is never sent without end', async () => {
    await editing();
    kept.before = () => {
      kept.version += 1;
    };
    await can.save();
    expect(now().fault).toMatchObject({ deed: 'save' });
    expect(now().draft?.said.note).toBe('mine');
  });

  it('of a session that has ended keeps what was typed', async () => {
    await editing();
    kept.before = () => {
      throw refusal(401, 'not-signed-in');
    };
    await can.save();
    expect(now().dialog).toEqual({ what: 'signIn', has_ended: true });
    await can.signIn('wang', 'wrong');
    expect(now().fault).toMatchObject({ deed: 'signIn', fault: { kind: 'wrong-password' } });
    await can.signIn('wang', 'right horse');
    expect(now().draft?.said.note).toBe('mine');
  });
});

describe('two planners at one piece', () => {
  beforeEach(async () => {
    await editing();
    kept.say({ note: 'theirs', condition: 'damaged' });
    await can.save();
  });

  it('see both versions, and nothing is written', () => {
    expect(kept.piece?.properties).toMatchObject({ note: 'theirs', condition: 'damaged' });
    expect(now().dialog).toMatchObject({
      what: 'conflict',
      conflict: {
        base: { note: '', condition: 'usable' },
        mine: { note: 'mine' },
        theirs: { fields: { note: 'theirs', condition: 'damaged' } },
      },
    });
  });

  it('can leave what the other said', () => {
    can.keepTheirs();
    expect(kept.piece?.properties.note).toBe('theirs');
    expect(now()).toMatchObject({ draft: null, dialog: null });
  });

  it('can write over it, but only what they changed themselves', async () => {
    await can.writeMine();
    expect(kept.piece?.properties).toMatchObject({ note: 'mine', condition: 'damaged' });
    expect(now()).toMatchObject({ draft: null, dialog: null });
  });

  it('see a third version, too', async () => {
    kept.say({ note: 'third' });
    await can.writeMine();
    expect(kept.piece?.properties.note).toBe('third');
    expect(now().dialog).toMatchObject({
      conflict: { theirs: { fields: { note: 'third' } }, mine: { note: 'mine', condition: 'damaged' } },
    });
  });

  it('can go on editing on top of what the other said', async () => {
    can.editAgain();
    expect(now().draft?.said).toMatchObject({ note: 'mine', condition: 'damaged' });
    desk.dispatch({ is: 'saidSo', said: { note: 'both' } });
    await can.save();
    expect(kept.piece?.properties).toMatchObject({ note: 'both', condition: 'damaged' });
  });
});

describe('a piece that somebody else has taken away', () => {
  it.each([
    ['is told by the change itself', 0],
    ['is found when one looks again', 1],
  ])('%s, and leaves nothing to write over', async (_, newer) => {
    await editing();
    kept.piece = null;
    kept.version += newer;
    await can.save();
    expect(now().dialog).toMatchObject({ what: 'conflict', conflict: { theirs: null } });
    await can.writeMine();
    expect(kept.piece).toBeNull();
    can.keepTheirs();
    expect(now()).toMatchObject({ draft: null, dialog: null });
  });
});

describe('taking a piece away', () => {
  it('is asked about first, and asked again when somebody has changed it since', async () => {
    await can.askRetire('p1');
    expect(now().dialog).toMatchObject({ what: 'retire', code: 'AB-0001-K' });
    kept.say({ condition: 'damaged' });
    await can.retire();
    expect(kept.piece).not.toBeNull();
    expect(now().dialog).toMatchObject({ what: 'conflict', conflict: { deed: 'retire' } });
    await can.writeMine();
    expect(kept.piece).toBeNull();
    expect(told.retired).toHaveBeenCalledOnce();
    expect(now().mine).toMatchObject([{ verb: 'retire' }]);
  });
});

describe('a crossing', () => {
  const seenOpen = { properties: { id: 'bridge-1', state: 'open' } } as never;

  it('is closed although something else changed meanwhile', async () => {
    let n = 0;
    kept.before = () => {
      n += 1;
      if (n === 1) kept.version += 1;
    };
    await can.setCrossing(seenOpen, 'bridge 1');
    expect(kept.bridge).toBe('closed');
    expect(told.crossingIs).toHaveBeenCalledWith('bridge 1', 'closed', true);
    expect(now().mine).toMatchObject([{ verb: 'close' }]);
  });

  it('that somebody else has closed already stays closed', async () => {
    kept.bridge = 'closed';
    await can.setCrossing(seenOpen, 'bridge 1');
    expect(kept.bridge).toBe('closed');
    expect(told.crossingIs).toHaveBeenCalledWith('bridge 1', 'closed', false);
    expect(now().mine).toEqual([]);
  });
});

describe('undo', () => {
  it('goes back and forth by the entries of the log', async () => {
    await editing();
    await can.save();
    const asked: number[] = [];
    kept.undoes = (entry) => asked.push(entry);
    await can.undo();
    await can.redo();
    expect(asked).toEqual([1, 99]);
    expect(now().mine).toMatchObject([{ entry: 99 }]);
  });

  it('says when somebody has changed it since, and does not try the same again', async () => {
    await editing();
    await can.save();
    kept.undoes = () => {
      throw refusal(409, 'changed-since');
    };
    await can.undo();
    expect(told.failed).toHaveBeenCalledWith(expect.objectContaining({ kind: 'changed-since' }));
    expect(now().mine).toEqual([]);
  });
});

describe('a grade', () => {
  it('is given to the water that was seen', async () => {
    await can.grade(kept.water, 4, 'Rhine');
    expect(kept.water.risk).toBe(4);
    expect(now().lists?.waters).toMatchObject([{ risk: 4 }]);
    expect(now().mine).toMatchObject([{ verb: 'grade', name: 'Rhine' }]);
  });

  it('is not written over another that somebody else has just given', async () => {
    const seen = kept.water;
    kept.water = { ...seen, risk: 3 };
    await can.grade(seen, 4, 'Rhine');
    expect(kept.water.risk).toBe(3);
    expect(now().fault).toMatchObject({ deed: 'grade', about: 'w1', fault: { kind: 'changed-meanwhile' } });
    expect(now().lists?.waters).toMatchObject([{ risk: 3 }]);
  });
});

describe('an inspection', () => {
  it('is of the piece as the page showed it', async () => {
    const seen = piece('p1', [9.5, 47.1]);
    await can.inspect(seen, 'damaged');
    expect(kept.piece?.properties.condition).toBe('damaged');
    await can.inspect(seen, 'usable');
    expect(kept.piece?.properties.condition).toBe('damaged');
    expect(now().fault).toMatchObject({ deed: 'inspect', fault: { kind: 'changed-meanwhile' } });
  });
});

describe('a report', () => {
  it('that somebody else has decided on is said at its line', async () => {
    await can.decide({ id: 7 } as Report, 'confirmed');
    expect(now().fault).toMatchObject({ deed: 'decide', about: '7', fault: { kind: 'report-decided' } });
    expect(told.decided).not.toHaveBeenCalled();
  });
});

describe('what is drawn on the map', () => {
  const corner = (n: number): [number, number] => [9.5 + n / 1000, 47.1];
  const tap = (n: number) => planner.dispatch({ is: 'mapTapped', at: corner(n), thing: null });

  it('is sent when it has corners enough, is listed, and can be taken back', async () => {
    can.beginSketch('bridge');
    tap(0);
    await can.saveSketch();
    expect(kept.corrected).toEqual([]);
    tap(1);
    const sketch = now().sketch;
    if (sketch) desk.dispatch({ is: 'sketchOpened', sketch: { ...sketch, name: ' West bridge ' } });
    await can.saveSketch();
    const line = [corner(0), corner(1)];
    expect(kept.corrected[0]?.asked).toEqual({
      what: 'path',
      kind: 'footway',
      bridge: true,
      line,
      name: 'West bridge',
    });
    expect(planner.state.peek()).toMatchObject({ sketch: null, mode: { what: 'look' } });
    expect(now().sketch).toBeNull();
    expect(now().lists?.corrections).toHaveLength(1);
    expect(now().mine).toMatchObject([{ entry: 1, verb: 'draw', name: 'West bridge' }]);

    await can.takeBack(now().lists?.corrections?.[0] as Correction);
    expect(now().lists?.corrections).toEqual([]);
    expect(now().mine.at(-1)).toMatchObject({ entry: 2, verb: 'takeBack' });
  });

  it('is a bank when it is water, which has three corners at least', async () => {
    can.beginSketch('water');
    for (const n of [0, 1]) tap(n);
    await can.saveSketch();
    expect(kept.corrected).toEqual([]);
    planner.dispatch({ is: 'mapTapped', at: [9.5, 47.2], thing: null });
    await can.saveSketch();
    expect(kept.corrected[0]?.asked).toMatchObject({ what: 'water', kind: 'pond' });
  });

  it('stays when it is refused, and is gone when it is given up', async () => {
    can.beginSketch('path');
    for (const n of [0, 1]) tap(n);
    const refusing = { ...kept.api, correct: () => Promise.reject(refusal(400, 'cannot-draw')) };
    const strict = deedsOf(desk, planner, refusing, told);
    await strict.saveSketch();
    expect(now().fault).toMatchObject({ deed: 'draw', fault: { kind: 'cannot-draw' } });
    expect(planner.state.peek().sketch?.line).toHaveLength(2);
    can.dropSketch();
    expect(planner.state.peek().sketch).toBeNull();
    expect(now().sketch).toBeNull();
  });

  it('strikes out what is not there, and says so where nothing is', async () => {
    planner.dispatch({ is: 'selected', selection: { what: 'place', at: corner(0) } });
    await can.strike('no_path', corner(0));
    expect(now().fault).toMatchObject({ deed: 'strike', fault: { kind: 'nothing-there' } });
    expect(planner.state.peek().selection).not.toBeNull();
    await can.strike('no_water', corner(0));
    expect(told.struck).toHaveBeenCalledWith('w7');
    expect(planner.state.peek().selection).toBeNull();
    expect(now().mine).toMatchObject([{ verb: 'strike', name: 'w7' }]);
  });
});
