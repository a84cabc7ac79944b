import { signal } from '@preact/signals';
import { cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { deedsOf } from '../../../src/planner/desk/effects.ts';
import { DeskContext } from '../../../src/planner/desk/panels/context.ts';
import { PointForm } from '../../../src/planner/desk/panels/PointForm.tsx';
import { PointList } from '../../../src/planner/desk/panels/PointList.tsx';
import type { DeskEvent } from '../../../src/planner/desk/state.ts';
import { deskStore } from '../../../src/planner/desk/store.ts';
import { PlannerContext } from '../../../src/planner/panels/planner.ts';
import type { Event } from '../../../src/planner/state.ts';
import { storeOf } from '../../../src/planner/store.ts';
import type { LonLat, RescuePoint } from '../../../src/shared/contract.ts';
import type { RegisterApi } from '../../../src/shared/register.ts';
import { type Language, loadWords } from '../../../src/shared/words.ts';
import { pageAfter, piece, regionsCame } from '../../world.ts';

beforeAll(async () => {
  await loadWords('en', 'later', 'desk');
  await loadWords('zh', 'later', 'desk');
});
afterEach(cleanup);

const HERE: LonLat = [9.5, 47.1];
const mill: RescuePoint = {
  type: 'Feature',
  id: 'rescue-point-1',
  geometry: { type: 'Point', coordinates: HERE },
  properties: {
    id: 'rescue-point-1',
    name: 'mill',
    note: null,
    pieces: ['p1'],
    gone: [],
    water_body: null,
    village: null,
    four: { board: 'none', ring: 'none', rope: 'unusable', pole: 'usable' },
    missing: ['board', 'ring', 'rope'],
    complete: false,
  },
};
const listed = (...points: RescuePoint[]): DeskEvent => ({
  is: 'listCame',
  region: 'here',
  list: { points },
});

function shown(
  panel: preact.ComponentChild,
  language: Language,
  events: DeskEvent[],
  page: Event[],
  api = {},
) {
  const store = storeOf(pageAfter(regionsCame, { is: 'languagePicked', language }, ...page));
  const desk = deskStore();
  for (const event of events) desk.dispatch(event);
  const deeds = deedsOf(desk, store, api as RegisterApi, { saved: vi.fn() } as never);
  const there = render(
    <PlannerContext.Provider value={{ store, deeds: {} as never, desk: signal(null) }}>
      <DeskContext.Provider value={{ store: desk, deeds }}>{panel}</DeskContext.Provider>
    </PlannerContext.Provider>,
  );
  return { ...there, desk, text: () => there.container.textContent ?? '' };
}

describe('the list of rescue points', () => {
  it.each<[Language, string[]]>([
    [
      'en',
      [
        '✗ Warning board: missing',
        '✗ Life ring: missing',
        '! Throw rope (unusable): there, but nobody can use it',
        '✓ Rescue pole: there',
      ],
    ],
    ['zh', ['✗ 警示牌：缺', '✗ 救生圈：缺', '! 救援绳（不可用）：有，但不可用', '✓ 救生杆：有']],
  ])('tells what each has of the four ones, and not by color alone (%s)', (language, four) => {
    const { container } = shown(<PointList />, language, [listed(mill)], []);
    const told = [...container.querySelectorAll('.desk-four li')].map((one) => one.textContent);
    expect(told).toEqual(four);
  });

  it('says what a rescue point is where there is none', () => {
    expect(shown(<PointList />, 'en', [listed()], []).text()).toContain('No rescue point yet.');
    cleanup();
    expect(shown(<PointList />, 'zh', [listed()], []).text()).toContain('还没有救援点');
  });
});

describe('the form of a rescue point', () => {
  const said = { name: '', note: '', pieces: null };
  const opened: DeskEvent = { is: 'pointOpened', point: { id: null, seen: null, said, theirs: null } };
  const page: Event[] = [
    { is: 'equipmentCame', equipment: [piece('p1', HERE), piece('p2', HERE)], at_ms: 0 },
    { is: 'marked', at: HERE },
  ];

  it('offers what stands beside and belongs to no other, and takes out what is unchecked', () => {
    const { container, desk } = shown(<PointForm />, 'en', [listed(mill), opened], page);
    const boxes = container.querySelectorAll<HTMLInputElement>('.check input');
    expect([...boxes].map((box) => box.checked)).toEqual([true]);
    if (boxes[0]) fireEvent.click(boxes[0]);
    expect(desk.state.peek().point?.said.pieces).toEqual([]);
  });

  it('is saved with a name alone', () => {
    const { getByRole } = shown(<PointForm />, 'en', [opened], page);
    expect((getByRole('button', { name: 'Save' }) as HTMLButtonElement).disabled).toBe(true);
    cleanup();
    const named: DeskEvent = { is: 'pointSaidSo', said: { name: 'mill' } };
    const again = shown(<PointForm />, 'en', [opened, named], page);
    expect((again.getByRole('button', { name: 'Save' }) as HTMLButtonElement).disabled).toBe(false);
  });

  it.each<[string, Language, string]>([
    ['off-bank', 'en', 'No bank is within 50 m'],
    ['off-bank', 'zh', '50 米内没有河岸'],
    ['at-other-point', 'en', 'belongs to another rescue point'],
    ['at-other-point', 'zh', '属于别的救援点'],
  ])('says in clear words why it was not kept: %s (%s)', (kind, language, words) => {
    const fault = { what: 'refused', kind, why: kind, retry_after_s: null } as const;
    const { getByRole } = shown(
      <PointForm />,
      language,
      [opened, { is: 'failed', deed: 'savePoint', fault }],
      page,
    );
    expect(getByRole('alert').textContent).toContain(words);
  });
});
