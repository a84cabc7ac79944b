import { signal } from '@preact/signals';
import { act, cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { noticeDeeds } from '../../../src/planner/desk/notices/effects.ts';
import { DeskContext } from '../../../src/planner/desk/panels/context.ts';
import { NoticeList } from '../../../src/planner/desk/panels/notices/notices.tsx';
import { fieldTime, said } from '../../../src/planner/desk/panels/notices/presets.ts';
import { deskStore } from '../../../src/planner/desk/store.ts';
import { PlannerContext } from '../../../src/planner/panels/planner.ts';
import { storeOf } from '../../../src/planner/store.ts';
import type { NewNotice, Notice } from '../../../src/shared/contract.ts';
import { type Language, loadWords } from '../../../src/shared/words.ts';
import { coverageCame, notice, pageAfter, regionsCame } from '../../world.ts';

beforeAll(async () => {
  await loadWords('en', 'later', 'desk');
  await loadWords('zh', 'later', 'desk');
});
afterEach(cleanup);

function shown(language: Language, notices: Notice[]) {
  const store = storeOf(pageAfter(regionsCame, coverageCame, { is: 'languagePicked', language }));
  const desk = deskStore();
  const region = store.state.peek().region ?? '';
  desk.dispatch({ is: 'listCame', region, list: { notices } });
  const api = {
    inForce: vi.fn(),
    latest: vi.fn(async () => []),
    write: vi.fn(async (_: string, _notice: NewNotice) => notice()),
    withdraw: vi.fn(async () => {}),
  };
  const hands = { desk, region: () => region, doing: async (_: string, run: () => Promise<void>) => run() };
  const page = render(
    <PlannerContext.Provider value={{ store, deeds: {} as never, desk: signal(null) }}>
      <DeskContext.Provider value={{ store: desk, deeds: noticeDeeds(hands as never, api) as never }}>
        <NoticeList />
      </DeskContext.Provider>
    </PlannerContext.Provider>,
  );
  return { ...page, api, region };
}

describe('the notices of a planner', () => {
  it('offers words for a kind, and leaves what somebody has put in their own', async () => {
    const { getByRole, getByLabelText, api, region } = shown('en', []);
    fireEvent.click(getByRole('button', { name: 'Write a notice' }));
    const title = (name: string) => getByLabelText(`Title, ${name}`) as HTMLInputElement;
    expect(title('English').value).toContain('Hot weekend');
    fireEvent.input(title('English'), { target: { value: 'Mind the ice' } });
    fireEvent.change(getByLabelText('Kind'), { target: { value: 'thin_ice' } });
    await vi.waitFor(() => expect(title('Chinese').value).toContain('冰面很薄'));
    expect(title('English').value).toBe('Mind the ice');
    await act(async () => {
      fireEvent.submit(getByRole('form', { name: 'Write a notice' }));
    });
    expect(api.write).toHaveBeenCalledTimes(1);
    const [where, sent] = api.write.mock.calls[0] ?? [];
    expect(where).toBe(region);
    expect(sent).toMatchObject({ kind: 'thin_ice', severity: 'severe', villages: [], water_bodies: [] });
    expect(sent?.en?.title).toBe('Mind the ice');
    const days = (Date.parse(sent?.until ?? '') - Date.parse(sent?.from ?? '')) / 86_400_000;
    expect(days).toBeCloseTo(2, 1);
  });

  it('withdraws only after it has been asked', async () => {
    const { getByRole, queryByRole, api, region } = shown('zh', [notice(), notice({ id: 2, state: 'over' })]);
    expect(queryByRole('button', { name: '确认撤回' })).toBeNull();
    fireEvent.click(getByRole('button', { name: '撤回“别上冰”' }));
    const sure = await vi.waitFor(() => getByRole('button', { name: '确认撤回' }));
    await act(async () => {
      fireEvent.click(sure);
    });
    expect(api.withdraw).toHaveBeenCalledWith(region, notice());
  });

  it('sends no language in which nothing is said', () => {
    expect(said({ title: ' ', text: '' })).toBeNull();
    expect(said({ title: 'a', text: '' })).toEqual({ title: 'a', text: '' });
  });

  it('shows a moment in the reader’s own time', () => {
    const at = new Date(2026, 6, 4, 8, 5).getTime();
    expect(fieldTime(at)).toBe('2026-07-04T08:05');
  });
});
