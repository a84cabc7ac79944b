import { describe, expect, it } from 'vitest';
import { fitting, next } from '../../src/planner/next.ts';
import { type Event, opened, questionOf, viewOf } from '../../src/planner/state.ts';
import { viewFromHash } from '../../src/shared/url.ts';
import {
  coverageCame,
  evaluation,
  gapsCame,
  memory,
  pageAfter,
  put,
  region,
  regionsCame,
  settings,
} from '../world.ts';

const china = region('water-town', {
  settings: { ...settings, time_zone: 'Asia/Shanghai' },
  bounds: [122.9, 29.7, 123.1, 29.9],
});

describe('the region', () => {
  it('fits the reader’s language', () => {
    const both = [region('here'), china];
    expect(fitting(both, 'zh')?.id).toBe('water-town');
    expect(fitting(both, 'en')?.id).toBe('here');
    expect(fitting([{ ...china, state: 'failed' }, region('here')], 'zh')?.id).toBe('here');
    expect(fitting([], 'zh')).toBeNull();
  });

  it('is the one that the address names, or that the map is over', () => {
    const come = { is: 'regionsCame', regions: [region('here'), china], at_ms: 1 } as const;
    expect(next(opened(viewFromHash('#region=water-town'), memory), come).region).toBe('water-town');
    expect(next(opened(viewFromHash('#map=13/29.8/123'), memory), come).region).toBe('water-town');
    expect(next(opened(viewFromHash('#region=nowhere'), memory), come).region).toBe('here');
  });

  it('brings its own limit and kinds unless the address says others', () => {
    const own = region('here', { settings: { ...settings, target_m: 70, kinds: ['rope'] } });
    const come = { is: 'regionsCame', regions: [own], at_ms: 1 } as const;
    expect(next(opened(viewFromHash(''), memory), come)).toMatchObject({ limit_m: 70, kinds: ['rope'] });
    const asked = next(opened(viewFromHash('#limit=120&kinds=pole'), memory), come);
    expect(asked).toMatchObject({ limit_m: 120, kinds: ['pole'] });
  });

  it('has its limit followed when somebody turns it, unless one looks at another', () => {
    const turned = region('here', { settings: { ...settings, target_m: 70 } });
    const come = { is: 'regionsCame', regions: [turned], at_ms: 2 } as const;
    const before = pageAfter(regionsCame);
    expect(before.limit_m).toBe(settings.target_m);
    expect(next(before, come).limit_m).toBe(70);
    expect(next(next(before, { is: 'limitSet', limit_m: 120 }), come).limit_m).toBe(120);
  });

  it('takes nothing along into another', () => {
    const s = next(
      next(pageAfter(regionsCame, coverageCame, put), {
        is: 'regionsCame',
        regions: [region('here'), china],
        at_ms: 2,
      }),
      { is: 'regionPicked', region: 'water-town' },
    );
    expect(s).toMatchObject({ region: 'water-town', village: null, selection: null });
    expect(s.scenario.whatIfs).toEqual([]);
    expect(s.coverage.value).toBeNull();
    expect(s.aim?.bounds).toEqual(china.bounds);
  });
});

describe('a scenario’s answer', () => {
  const tried = pageAfter(regionsCame, coverageCame, put);
  const answer = (number: number, question = questionOf(tried)) =>
    ({
      is: 'evaluated',
      evaluated: { number, question, since_ms: 0, answer: evaluation() },
    }) as const;

  it('is dropped when a newer one is there', () => {
    const s = next(tried, answer(5));
    expect(next(s, answer(4))).toBe(s);
    expect(next(s, answer(6)).evaluated?.number).toBe(6);
  });

  it('is dropped when the question has changed meanwhile', () => {
    const s = next(tried, { is: 'limitSet', limit_m: 100 });
    expect(next(s, answer(1))).toBe(s);
  });

  it('is dropped when nothing is tried any more', () => {
    const s = next(tried, { is: 'removed', letter: 'A' });
    expect(next(s, answer(1))).toBe(s);
  });

  it('goes when the last what-if goes', () => {
    const s = next(next(tried, answer(1)), { is: 'undone' });
    expect(s.evaluated).toBeNull();
  });
});

describe('the service', () => {
  const fault = { what: 'unreachable' } as const;

  it('leaves the last answer when it is lost, and says since when', () => {
    const s = next(pageAfter(regionsCame, coverageCame), {
      is: 'failed',
      part: 'coverage',
      fault,
      at_ms: 77,
    });
    expect(s.lost_since_ms).toBe(77);
    expect(s.coverage.value?.bank_m).toBe(3000);
    expect(next(s, { is: 'failed', part: 'gaps', fault, at_ms: 99 }).lost_since_ms).toBe(77);
  });

  it('is back with any answer', () => {
    const s = next(pageAfter(regionsCame), { is: 'failed', part: 'gaps', fault, at_ms: 77 });
    expect(next(s, coverageCame).lost_since_ms).toBeNull();
  });

  it('is not lost when it refuses', () => {
    const refused = { what: 'refused', why: 'limit_m is -3' } as const;
    const s = next(pageAfter(regionsCame), { is: 'failed', part: 'gaps', fault: refused, at_ms: 1 });
    expect(s.lost_since_ms).toBeNull();
    expect(s.gaps.fault).toEqual(refused);
  });
});

describe('a tap on the map', () => {
  const ready = pageAfter(regionsCame, coverageCame, gapsCame);
  const tap: Extract<Event, { is: 'mapTapped' }> = { is: 'mapTapped', at: [9.5, 47.1], thing: null };

  it('asks for the nearest, or shows the piece that is there', () => {
    expect(next(ready, tap).selection).toEqual({ what: 'place', at: [9.5, 47.1] });
    expect(next(ready, { ...tap, thing: { what: 'piece', id: 'p1' } }).selection).toEqual({
      what: 'piece',
      id: 'p1',
    });
  });

  it('puts a pole, once, when one was asked for', () => {
    const s = next(next(ready, { is: 'modeSet', mode: { what: 'put' } }), tap);
    expect(s.scenario.whatIfs).toHaveLength(1);
    expect(s.mode.what).toBe('look');
    expect(s.selection).toEqual({ what: 'whatIf', letter: 'A' });
    expect(s.tab).toBe('whatIfs');
  });

  it('moves the pole that is to be moved', () => {
    const moving = next(next(ready, put), { is: 'modeSet', mode: { what: 'move', letter: 'A' } });
    const s = next(moving, { ...tap, at: [9.6, 47.2] });
    expect(s.scenario.whatIfs[0]?.at).toEqual([9.6, 47.2]);
  });
});

describe('settings', () => {
  it('keep the limit within its bounds', () => {
    expect(next(pageAfter(regionsCame), { is: 'limitSet', limit_m: 3 }).limit_m).toBe(20);
    expect(next(pageAfter(regionsCame), { is: 'limitSet', limit_m: 9999 }).limit_m).toBe(500);
  });

  it('keep kinds in one order, whatever the order of clicks', () => {
    const s = pageAfter(
      regionsCame,
      { is: 'kindSwitched', kind: 'pole' },
      { is: 'kindSwitched', kind: 'rope' },
      { is: 'kindSwitched', kind: 'pole' },
    );
    expect(s.kinds).toEqual(['pole', 'ring']);
  });
});

describe('going back', () => {
  it('steps out of the mode, then the selection, then the village', () => {
    let s = pageAfter(
      regionsCame,
      coverageCame,
      { is: 'villagePicked', village: 'r1' },
      { is: 'selected', selection: { what: 'gap', id: 'g1' } },
      { is: 'modeSet', mode: { what: 'put' } },
    );
    s = next(s, { is: 'escaped' });
    expect(s).toMatchObject({ mode: { what: 'look' }, selection: { what: 'gap' } });
    s = next(s, { is: 'escaped' });
    expect(s).toMatchObject({ selection: null, village: 'r1' });
    s = next(s, { is: 'escaped' });
    expect(s.village).toBeNull();
    expect(next(s, { is: 'escaped' })).toBe(s);
  });

  it('by an address undoes a selection and leaves the map where it is', () => {
    const s = pageAfter(regionsCame, { is: 'cameraMoved', camera: { zoom: 12, lat: 47.1, lon: 9.5 } });
    const chosen = next(s, { is: 'selected', selection: { what: 'gap', id: 'g1' } });
    const back = next(chosen, {
      is: 'addressChanged',
      view: { ...viewFromHash('#region=here'), camera: null },
    });
    expect(back).toMatchObject({ selection: null, camera: s.camera, aim: s.aim });
  });
});

describe('the opacity', () => {
  it('is in the address as the layers are, and comes back from it', () => {
    const faint = next(pageAfter(regionsCame), { is: 'opacitySet', opacity_pct: 40 });
    expect(viewOf(faint).opacity_pct).toBe(40);
    expect(opened(viewFromHash('#opacity=40'), memory).opacity_pct).toBe(40);
    const plain = next(faint, { is: 'addressChanged', view: viewFromHash('#region=here') });
    expect(plain.opacity_pct).toBe(100);
    expect(viewOf(plain).opacity_pct).toBeNull();
  });
});

describe('the base map of somebody else', () => {
  it('gives way to the own map when it does not come, which is said until it is tried again', () => {
    const on = next(pageAfter(regionsCame), { is: 'layerSwitched', layer: 'base' });
    expect(on.layers).toContain('base');
    const failed = next(on, { is: 'baseMapFailed' });
    expect(failed.layers).not.toContain('base');
    expect(failed.has_base_failed).toBe(true);
    const again = next(failed, { is: 'layerSwitched', layer: 'base' });
    expect(again.has_base_failed).toBe(false);
  });
});

describe('a piece that is being edited', () => {
  const ready = pageAfter(regionsCame, coverageCame, gapsCame);
  const marking = next(next(ready, { is: 'marked', at: [9.5, 47.1] }), {
    is: 'modeSet',
    mode: { what: 'mark' },
  });

  it('is moved by a tap when it is to be moved, and by no other tap', () => {
    const moved = next(marking, { is: 'mapTapped', at: [9.6, 47.2], thing: { what: 'piece', id: 'p1' } });
    expect(moved).toMatchObject({ marked: [9.6, 47.2], mode: { what: 'look' }, selection: null });
    const tapped = next(moved, { is: 'mapTapped', at: [9.7, 47.3], thing: null });
    expect(tapped).toBe(moved);
  });

  it('is moved by arrow keys in meters', () => {
    const [lon = 0, lat = 0] = next(marking, { is: 'markNudged', east_m: 0, north_m: 10 }).marked ?? [];
    expect(lon).toBe(9.5);
    expect(lat).toBeCloseTo(47.1 + 10 / 111_195, 7);
  });

  it('is not left by Escape, nor in another region', () => {
    const chosen = next(marking, { is: 'selected', selection: { what: 'piece', id: 'p1' } });
    const looking = next(chosen, { is: 'escaped' });
    expect(looking).toMatchObject({ mode: { what: 'look' }, marked: [9.5, 47.1] });
    expect(next(looking, { is: 'escaped' })).toBe(looking);
    expect(next(looking, { is: 'regionPicked', region: 'there' }).marked).toBeNull();
  });
});

describe('a crossing', () => {
  const ready = pageAfter(regionsCame, coverageCame, gapsCame);

  it('is chosen by a tap, and forgotten when something else is', () => {
    const chosen = next(ready, {
      is: 'mapTapped',
      at: [9.5, 47.1],
      thing: { what: 'crossing', id: 'bridge-1' },
    });
    expect(chosen.selection).toEqual({ what: 'crossing', id: 'bridge-1' });
    const came = next(chosen, { is: 'crossingCame', crossing: {} as never, at_ms: 1 });
    expect(next(came, { is: 'selected', selection: null }).crossing.value).toBeNull();
  });
});
