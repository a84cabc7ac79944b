import { signal } from '@preact/signals';
import { act, cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Card } from '../../src/planner/panels/cards.tsx';
import { GapsList } from '../../src/planner/panels/GapsList.tsx';
import { HeadlineCard } from '../../src/planner/panels/Headline.tsx';
import { Legend } from '../../src/planner/panels/Legend.tsx';
import { MapArea } from '../../src/planner/panels/MapArea.tsx';
import { Notices } from '../../src/planner/panels/Notices.tsx';
import { PlannerContext } from '../../src/planner/panels/planner.ts';
import { VillagesTable } from '../../src/planner/panels/VillagesTable.tsx';
import { whyText } from '../../src/planner/panels/why.ts';
import type { Event, Part } from '../../src/planner/state.ts';
import { storeOf } from '../../src/planner/store.ts';
import { REACH_CLASSES } from '../../src/shared/classes.ts';
import type { Selection } from '../../src/shared/url.ts';
import { type Language, loadWords, wordsIn } from '../../src/shared/words.ts';
import { coverageCame, gap, gapsCame, pageAfter, piece, region, regionsCame } from '../world.ts';

beforeAll(async () => {
  await loadWords('en', 'later', 'desk');
  await loadWords('zh', 'later', 'desk');
});
afterEach(cleanup);

const deeds = {
  retry: vi.fn(),
  speak: vi.fn(),
  copy: vi.fn(),
  exportFile: vi.fn(),
  openPrint: vi.fn(),
  printNow: vi.fn(),
  focusMap: vi.fn(),
  signIn: vi.fn(),
  reporting: vi.fn(),
  undo: vi.fn(),
  redo: vi.fn(),
};

function shown(panel: preact.ComponentChild, ...events: Event[]) {
  const store = storeOf(pageAfter(...events));
  const page = render(
    <PlannerContext.Provider value={{ store, deeds, desk: signal(null) }}>{panel}</PlannerContext.Provider>,
  );
  return { ...page, store, text: () => page.container.textContent ?? '' };
}

const speak = (language: Language): Event => ({ is: 'languagePicked', language });

describe('the headline', () => {
  it('speaks both languages', () => {
    const { text, store } = shown(<HeadlineCard />, regionsCame, coverageCame);
    expect(text()).toContain('2.0 km of bank too far');
    expect(text()).toContain('67% of 3.0 km of bank');
    store.dispatch(speak('zh'));
    return vi.waitFor(() => expect(text()).toContain('2.0 公里 超距河岸'));
  });

  it('shows a dash until it knows', () => {
    expect(shown(<HeadlineCard />, regionsCame).text()).toContain('—');
  });
});

describe('the villages table', () => {
  it('sorts by a click on a column and says how', async () => {
    const { getByRole, getAllByRole } = shown(<VillagesTable />, regionsCame, coverageCame);
    const names = () => getAllByRole('row').map((row) => row.querySelector('.row-button')?.textContent ?? '');
    expect(names().filter(Boolean)).toEqual(['Triesen', 'Vaduz']);
    fireEvent.click(getByRole('button', { name: /Village/ }));
    await vi.waitFor(() =>
      expect(getByRole('columnheader', { name: /Village/ }).getAttribute('aria-sort')).toBe('ascending'),
    );
  });

  it('pins a village on a click', () => {
    const { getByRole, store } = shown(<VillagesTable />, regionsCame, coverageCame);
    fireEvent.click(getByRole('button', { name: 'Show Vaduz' }));
    expect(store.state.value).toMatchObject({ village: 'r1', tab: 'gaps' });
  });

  it('has a row for banks outside all villages, and a total with them', () => {
    const { container } = shown(<VillagesTable />, regionsCame, coverageCame);
    const foot = container.querySelector('tfoot')?.textContent;
    expect(foot).toContain('Outside all villages');
    expect(foot).toContain('2.0');
  });
});

describe('rows that are to come', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms));
  const asked = (part: Part): Event => ({ is: 'asked', part });

  it('say what is being done after three seconds, in both languages', () => {
    const { getByRole, queryByRole, store } = shown(<VillagesTable />, regionsCame, asked('coverage'));
    pass(2900);
    expect(getByRole('status').textContent).toBe('');
    pass(200);
    expect(getByRole('status').textContent).toBe('Still working out how far each bank is from help …');
    act(() => store.dispatch(speak('zh')));
    expect(getByRole('status').textContent).toBe('仍在计算河岸到器材的步行距离…');
    act(() => store.dispatch(coverageCame));
    expect(queryByRole('status')).toBeNull();
  });

  it('tell the page from its parts', () => {
    const { text, store } = shown(<GapsList />);
    pass(3100);
    expect(text()).toBe('Still loading …');
    act(() => store.dispatch(regionsCame));
    act(() => store.dispatch(asked('gaps')));
    pass(3100);
    expect(text()).toContain('each bank is from help');
  });

  it.each<[string, Event[]]>([
    ['nothing is asked for', [regionsCame]],
    ['the connection is lost', [{ is: 'failed', part: 'regions', fault: { what: 'unreachable' }, at_ms: 1 }]],
  ])('say nothing while %s', (_, events) => {
    const { text } = shown(<GapsList />, ...events);
    pass(10_000);
    expect(text()).toBe('');
  });
});

describe('the stretches', () => {
  it('say their reason in words', () => {
    const { text } = shown(<GapsList />, regionsCame, coverageCame, gapsCame);
    expect(text()).toContain('2 stretches too far');
    expect(text()).toContain('Vaduz · None near');
    expect(text()).toContain('no way on foot');
  });

  it('are praised when there are none', () => {
    const none: Event = {
      is: 'gapsCame',
      gaps: { type: 'FeatureCollection', features: [], total: 0, next: null },
      at_ms: 1,
    };
    expect(shown(<GapsList />, regionsCame, none).text()).toContain('within reach ✓');
  });
});

describe('why a stretch is too far', () => {
  const why = (over: Parameters<typeof gap>[1], language: Language = 'en') =>
    whyText(wordsIn(language), gap('g', over).properties, 'LI-017', 50);

  it('names the piece across the water and how near it seems', () => {
    const text = why({ reason: 'across_water', nearest_straight_m: 22 });
    expect(text).toContain(
      'LI-017, is only 22 m away in a straight line, but on the other side of the water',
    );
    expect(why({ reason: 'across_water', nearest_straight_m: 22 }, 'zh')).toContain(
      '直线仅 22 米，但在水的对岸',
    );
  });

  it('tells nothing near from near but blocked', () => {
    expect(why({ reason: 'none_near', nearest_straight_m: 300 })).toContain('not even in a straight line');
    expect(why({ reason: 'none_near', nearest_straight_m: 44 })).toContain(
      'near in a straight line, but on foot',
    );
  });

  it('has a sentence for every reason', () => {
    expect(why({ reason: 'only_unusable' })).toContain('damaged, missing or not verified');
    expect(why({ reason: 'unreachable' })).toContain('cut off');
  });
});

describe('a card', () => {
  const chosen = (selection: Selection): Event => ({ is: 'selected', selection });
  const place = chosen({ what: 'place', at: [9.5, 47.1] });
  const come = (over: Parameters<typeof region>[1]): Event => ({
    is: 'regionsCame',
    regions: [region('here', over)],
    at_ms: 1,
  });
  const pieces = (illustrative: boolean): Event => ({
    is: 'equipmentCame',
    equipment: [piece('p1', [9.51, 47.11], { illustrative })],
    at_ms: 1,
  });
  const notesAt = (...events: Event[]) => {
    const { queryByRole } = shown(<Card />, ...events);
    return queryByRole('link', { name: /Data is wrong/ })?.getAttribute('href') ?? null;
  };

  it('leads to a note where the map is wrong', () => {
    expect(notesAt(come({}), place)).toBe(
      'https://www.openstreetmap.org/note/new?lat=47.10000&lon=9.50000#map=18/47.10000/9.50000',
    );
    const real = chosen({ what: 'piece', id: 'p1' });
    cleanup();
    expect(notesAt(come({}), pieces(false), real)).toContain('note/new?lat=47.11000&lon=9.51000');
  });

  it.each<[string, Event[]]>([
    ['an invented place', [come({ invented: true }), place]],
    ['the data of another map', [come({ attribution: 'Survey of somewhere' }), place]],
    ['a made-up piece', [come({}), pieces(true), chosen({ what: 'piece', id: 'p1' })]],
  ])('leads to none for %s', (_, events) => {
    expect(notesAt(...events)).toBeNull();
  });
});

describe('the layers', () => {
  it('have one opacity for banks and villages, kept while there is one of them to see', async () => {
    const { findByRole, store } = shown(
      <MapArea box={{ current: null }} />,
      regionsCame,
      { is: 'mapThere', map: 'there' },
      { is: 'layersSwitched' },
    );
    const slider = (await findByRole('slider', {
      name: 'Opacity of banks and villages',
    })) as HTMLInputElement;
    expect(slider.getAttribute('aria-valuetext')).toBe('100%');
    fireEvent.input(slider, { target: { value: '40' } });
    expect(store.state.value.opacity_pct).toBe(40);
    await vi.waitFor(() => expect(slider.getAttribute('aria-valuetext')).toBe('40%'));
    store.dispatch({ is: 'layerSwitched', layer: 'banks' });
    expect(slider.disabled).toBe(false);
    store.dispatch({ is: 'layerSwitched', layer: 'villages' });
    await vi.waitFor(() => expect(slider.disabled).toBe(true));
  });
});

describe('the legend', () => {
  it('shows the classes of the style, with the limit that is set', () => {
    const { container, text } = shown(<Legend />, regionsCame, { is: 'limitSet', limit_m: 80 });
    const strokes = [...container.querySelectorAll('.legend-line path')].map((path) =>
      path.getAttribute('stroke'),
    );
    expect(strokes).toEqual(REACH_CLASSES.map((one) => one.color));
    expect(text()).toContain('up to 80 m');
    expect(text()).toContain('over 160 m');
  });
});

describe('the notices', () => {
  it('always say that equipment is made up', () => {
    expect(shown(<Notices />, regionsCame).text()).toContain('made up');
  });

  it('wait for no map of a region that failed', () => {
    const come = (state: 'failed' | 'ready'): Event => ({
      is: 'regionsCame',
      regions: [region('here', { state })],
      at_ms: 1,
    });
    const area = <MapArea box={{ current: null }} />;
    expect(shown(area, come('ready')).text()).toContain('Loading the map');
    cleanup();
    expect(shown(area, come('failed')).text()).not.toContain('Loading the map');
  });

  it('give the reason why a region failed, and offer the others', () => {
    const failed = region('broken', {
      state: 'failed',
      reason: 'water.osm.pbf: ends in the middle of a block',
    });
    const come: Event = { is: 'regionsCame', regions: [failed], at_ms: 1 };
    expect(shown(<Notices />, come).text()).toContain('water.osm.pbf: ends in the middle of a block');
    const both: Event = { is: 'regionsCame', regions: [failed, region('here')], at_ms: 1 };
    const { getByRole, store } = shown(<Notices />, both, { is: 'regionPicked', region: 'broken' });
    fireEvent.click(getByRole('button', { name: 'Open' }));
    expect(store.state.value.region).toBe('here');
  });

  it('say since when the connection is lost, and that the what-ifs are kept', () => {
    const { text } = shown(
      <Notices />,
      regionsCame,
      coverageCame,
      { is: 'putHere', at: [9.5, 47.1] },
      { is: 'failed', part: 'gaps', fault: { what: 'unreachable' }, at_ms: 5 },
    );
    expect(text()).toContain('Connection lost. The page still shows data from');
    expect(text()).toContain('kept on this page');
  });
});
