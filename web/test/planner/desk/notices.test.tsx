// Notices as planners see them: written, edited beside others, ended, withdrawn.
import { signal } from '@preact/signals';
import { act, cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  fieldTime,
  noticeEditOf,
  noticeFieldsOf,
  rebasedNotice,
  said,
} from '../../../src/planner/desk/notices/draft.ts';
import { noticeDeeds } from '../../../src/planner/desk/notices/effects.ts';
import { DeskContext } from '../../../src/planner/desk/panels/context.ts';
import { NoticeList } from '../../../src/planner/desk/panels/notices/notices.tsx';
import { deskStore } from '../../../src/planner/desk/store.ts';
import { PlannerContext } from '../../../src/planner/panels/planner.ts';
import { storeOf } from '../../../src/planner/store.ts';
import { Refused } from '../../../src/shared/api.ts';
import type { NewNotice, Notice, NoticeEdit } from '../../../src/shared/contract.ts';
import { type Language, loadWords } from '../../../src/shared/words.ts';
import { coverageCame, notice, pageAfter, regionsCame } from '../../world.ts';

beforeAll(async () => {
  await loadWords('en', 'later', 'desk', 'notices');
  await loadWords('zh', 'later', 'desk', 'notices');
});
afterEach(cleanup);

const conflict = () =>
  new Refused({ type: '/problems/changed-meanwhile', title: '', status: 412, detail: '' } as never);

function shown(language: Language, notices: Notice[]) {
  const store = storeOf(pageAfter(regionsCame, coverageCame, { is: 'languagePicked', language }));
  const desk = deskStore();
  const region = store.state.peek().region ?? '';
  desk.dispatch({ is: 'listCame', region, list: { notices } });
  const api = {
    inForce: vi.fn(),
    latest: vi.fn(async (): Promise<Notice[]> => []),
    write: vi.fn(async (_: string, _notice: NewNotice) => notice()),
    edit: vi.fn(async (_: string, seen: Notice, _edit: NoticeEdit) => seen),
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

  it('changes only what somebody has touched', async () => {
    const { getByRole, getByLabelText, api, region } = shown('en', [notice()]);
    fireEvent.click(getByRole('button', { name: 'Edit “Keep off the ice”' }));
    const save = await vi.waitFor(() => getByRole('button', { name: 'Save' }) as HTMLButtonElement);
    expect(save.disabled).toBe(true);
    fireEvent.input(getByLabelText('Title, English'), { target: { value: 'Still thin' } });
    fireEvent.input(getByLabelText('Until'), { target: { value: '2026-01-05T08:00' } });
    await vi.waitFor(() => expect(save.disabled).toBe(false));
    await act(async () => {
      fireEvent.submit(getByRole('form', { name: 'Edit the notice' }));
    });
    const until = new Date(2026, 0, 5, 8).toISOString();
    const edit = { en: { title: 'Still thin', text: 'It is thin' }, until };
    expect(api.edit).toHaveBeenCalledWith(region, notice(), edit);
  });

  it('sees what somebody else has saved meanwhile beside its own, and writes over it only then', async () => {
    const page = shown('en', [notice()]);
    const { getByRole, getByLabelText, findByRole, api } = page;
    const theirs = notice({
      etag: '"later"',
      severity: 'extreme',
      en: { title: 'Ice: danger', text: 'It is thin' },
    });
    api.edit.mockRejectedValueOnce(conflict());
    api.latest.mockResolvedValue([theirs]);
    fireEvent.click(getByRole('button', { name: 'Edit “Keep off the ice”' }));
    fireEvent.input(await vi.waitFor(() => getByLabelText('Title, English')), {
      target: { value: 'Still thin' },
    });
    await act(async () => {
      fireEvent.submit(getByRole('form', { name: 'Edit the notice' }));
    });
    const cells = [...(await findByRole('table')).querySelectorAll('tbody td')].map((td) => td.textContent);
    expect(cells).toEqual(['Ice: danger\nIt is thin', 'Still thin\nIt is thin']);
    // What one has not touched is theirs.
    expect((getByLabelText('How bad') as HTMLSelectElement).value).toBe('extreme');
    await act(async () => {
      fireEvent.click(getByRole('button', { name: 'Write mine over it' }));
      fireEvent.submit(getByRole('form', { name: 'Edit the notice' }));
    });
    const sent = { en: { title: 'Still thin', text: 'It is thin' } };
    expect(api.edit.mock.calls.at(-1)).toEqual([expect.anything(), theirs, sent]);
  });

  it('ends before its time only after it has been asked, and never in the past', async () => {
    const coming = notice({ id: 2, state: 'coming', en: { title: 'Later', text: 'x' } });
    const { getByRole, queryByRole, api } = shown('en', [notice(), coming]);
    // What has not begun is withdrawn, not ended.
    expect(queryByRole('button', { name: 'End “Later” now' })).toBeNull();
    fireEvent.click(getByRole('button', { name: 'End “Keep off the ice” now' }));
    const sure = await vi.waitFor(() => getByRole('button', { name: 'End it' }));
    expect(document.activeElement?.textContent).toBe('Cancel');
    expect(api.edit).not.toHaveBeenCalled();
    const before = Date.now();
    await act(async () => {
      fireEvent.click(sure);
    });
    const until = Date.parse(api.edit.mock.calls[0]?.[2].until ?? '');
    expect(until).toBeGreaterThan(before);
    expect(until).toBeLessThan(before + 120_000);
  });

  it('gives the keyboard back to the button that asked', async () => {
    const { getByRole } = shown('en', [notice()]);
    fireEvent.click(getByRole('button', { name: 'Withdraw “Keep off the ice”' }));
    fireEvent.click(await vi.waitFor(() => getByRole('button', { name: 'Cancel' })));
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Edit'));
  });

  it('takes a language away when nothing is said in it any more', () => {
    const was = noticeFieldsOf(notice());
    const mine = { ...was, zh: { title: ' ', text: '' }, villages: ['a'] };
    expect(noticeEditOf(was, mine)).toEqual({ zh: null, villages: ['a'] });
    const theirs = { ...was, kind: 'flood' as const, villages: ['b'] };
    expect(rebasedNotice(was, theirs, mine)).toEqual({ ...mine, kind: 'flood' });
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
