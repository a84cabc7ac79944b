import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { begin, type Effects } from '../../src/planner/effects.ts';
import { opened, type State } from '../../src/planner/state.ts';
import { type Store, storeOf } from '../../src/planner/store.ts';
import { type Api, Refused, Unreachable } from '../../src/shared/api.ts';
import type { Change, Evaluation } from '../../src/shared/contract.ts';
import { viewFromHash } from '../../src/shared/url.ts';
import { coverage, evaluation, gap, memory, region } from '../world.ts';

/** A service whose scenario answers come when the test says so. */
class Pretended implements Api {
  isThere = true;
  asked: Change[][] = [];
  answer: ((e: Evaluation) => void)[] = [];
  fail: ((cause: unknown) => void)[] = [];
  told: ((version: number) => void) | null = null;
  n_coverage = 0;

  #say<T>(value: T): Promise<T> {
    return this.isThere ? Promise.resolve(value) : Promise.reject(new Unreachable('no answer'));
  }
  regions = () => this.#say([region('here')]);
  coverage = () => {
    this.n_coverage += 1;
    return this.#say(coverage);
  };
  waters = () => this.#say([]);
  gaps = () =>
    this.#say({
      type: 'FeatureCollection' as const,
      features: [gap('g1')],
      total: 1,
      next: null,
    });
  equipment = () => this.#say({ type: 'FeatureCollection' as const, features: [], total: 0, next: null });
  nearest = () =>
    Promise.reject(
      new Refused({ type: '/problems/no-region', title: 'no', status: 404, detail: 'no region' }),
    );
  crossing = () => Promise.reject(new Unreachable('no answer'));
  evaluate = (_: unknown, changes: readonly Change[]) => {
    this.asked.push([...changes]);
    return new Promise<Evaluation>((done, fail) => {
      this.answer.push(done);
      this.fail.push(fail);
    });
  };
  isUp = () => Promise.resolve(this.isThere);
  listen = (_: string, changed: (version: number) => void) => {
    this.told = changed;
    return () => {
      this.told = null;
    };
  };
}

let api: Pretended;
let store: Store;
let effects: Effects;
const state = (): State => store.state.peek();
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers();
  history.replaceState(null, '', '/');
  api = new Pretended();
  store = storeOf(opened(viewFromHash(''), memory));
  effects = begin(store, api);
  await pass(1000);
});
afterEach(() => {
  effects.stop();
  vi.useRealTimers();
});

describe('opening', () => {
  it('asks for the regions, then for all that the panel shows', () => {
    expect(state().region).toBe('here');
    expect(state().coverage.value?.bank_m).toBe(3000);
    expect(state().gaps.value?.total).toBe(1);
    expect(location.hash).toBe('#region=here');
  });
});

describe('the limit', () => {
  it('asks once for a whole slide, when the hand rests', async () => {
    const before = api.n_coverage;
    for (let limit_m = 60; limit_m <= 200; limit_m += 10) {
      store.dispatch({ is: 'limitSet', limit_m });
      await pass(16);
    }
    expect(api.n_coverage).toBe(before);
    await pass(500);
    expect(api.n_coverage).toBe(before + 1);
    expect(location.hash).toContain('limit=200');
  });
});

describe('dragging a what-if pole', () => {
  it('has one request under way, and then asks for the latest place only', async () => {
    store.dispatch({ is: 'putHere', at: [9.5, 47.1] });
    for (let i = 1; i <= 5; i += 1) {
      store.dispatch({ is: 'dragged', letter: 'A', at: [9.5 + i / 100, 47.1] });
    }
    expect(api.asked).toHaveLength(1);
    api.answer[0]?.(evaluation());
    await pass(0);
    expect(api.asked).toHaveLength(2);
    expect(api.asked[1]?.[0]).toMatchObject({ add: { at: [9.55, 47.1] } });
    expect(state().evaluated?.number).toBe(1);
    api.answer[1]?.(evaluation({ after: { bank_m: 3000, covered_m: 2000 } }));
    await pass(0);
    expect(state().evaluated?.answer.after.covered_m).toBe(2000);
    expect(api.asked).toHaveLength(2);
  });

  it('says so when the answer is slow, and when it fails', async () => {
    store.dispatch({ is: 'putHere', at: [9.5, 47.1] });
    await pass(400);
    expect(state().evaluating.is_slow).toBe(true);
    api.fail[0]?.(new Refused({ type: '/problems/x', title: 'no', status: 400, detail: 'too many changes' }));
    await pass(0);
    expect(state().evaluating.fault).toEqual({ what: 'refused', why: 'too many changes', kind: 'x' });
  });
});

describe('the connection', () => {
  it('is looked for while it is lost, and all is asked again when it is back', async () => {
    api.isThere = false;
    store.dispatch({ is: 'limitSet', limit_m: 80 });
    await pass(500);
    expect(state().lost_since_ms).not.toBeNull();
    expect(state().coverage.value).not.toBeNull();
    await pass(5000);
    expect(state().lost_since_ms).not.toBeNull();
    api.isThere = true;
    await pass(3000);
    expect(state().lost_since_ms).toBeNull();
    expect(state().coverage.fault).toBeNull();
  });
});

describe('the service’s own changes', () => {
  it('are asked for when it tells of them', async () => {
    const before = api.n_coverage;
    api.told?.(9);
    await pass(500);
    expect(api.n_coverage).toBe(before + 1);
  });
});

describe('the address', () => {
  it('gets a new entry for a selection, and none for a pan', async () => {
    await pass(500);
    const entries = history.length;
    store.dispatch({ is: 'cameraMoved', camera: { zoom: 12, lat: 47.1, lon: 9.5 } });
    await pass(500);
    expect(history.length).toBe(entries);
    store.dispatch({ is: 'selected', selection: { what: 'gap', id: 'g1' } });
    await pass(500);
    expect(location.hash).toContain('sel=gap:g1');
  });
});
