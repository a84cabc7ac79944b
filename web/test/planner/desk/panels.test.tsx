import { signal } from '@preact/signals';
import { cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { deedsOf } from '../../../src/planner/desk/effects.ts';
import { DeskContext } from '../../../src/planner/desk/panels/context.ts';
import { Dialogs } from '../../../src/planner/desk/panels/Dialogs.tsx';
import { HistoryList } from '../../../src/planner/desk/panels/HistoryList.tsx';
import { Keys } from '../../../src/planner/desk/panels/people/Keys.tsx';
import type { DeskEvent } from '../../../src/planner/desk/state.ts';
import { deskStore } from '../../../src/planner/desk/store.ts';
import '../../../src/planner/panels/ReportButton.tsx';
import { PlannerContext, type Reporting } from '../../../src/planner/panels/planner.ts';
import { ReportForm } from '../../../src/planner/panels/ReportForm.tsx';
import type { Event } from '../../../src/planner/state.ts';
import { storeOf } from '../../../src/planner/store.ts';
import type { AuditEntry } from '../../../src/shared/contract.ts';
import type { RegisterApi } from '../../../src/shared/register.ts';
import { type Language, loadWords } from '../../../src/shared/words.ts';
import { pageAfter, regionsCame } from '../../world.ts';
import { told } from './told.ts';

beforeAll(async () => {
  await loadWords('en', 'later', 'report', 'desk');
  await loadWords('zh', 'later', 'report', 'desk');
});
afterEach(cleanup);

const speak = (language: Language): Event => ({ is: 'languagePicked', language });
function shown(panel: preact.ComponentChild, language: Language, events: DeskEvent[], api = {}) {
  const store = storeOf(pageAfter(regionsCame, speak(language)));
  const desk = deskStore();
  for (const event of events) desk.dispatch(event);
  const deeds = deedsOf(desk, store, api as RegisterApi, told);
  const page = render(
    <PlannerContext.Provider value={{ store, deeds: {} as never, desk: signal(null) }}>
      <DeskContext.Provider value={{ store: desk, deeds }}>{panel}</DeskContext.Provider>
    </PlannerContext.Provider>,
  );
  return { ...page, desk, text: () => page.container.textContent ?? '' };
}

const base = {
  kind: 'pole',
  condition: 'usable',
  at: [9.5, 47.1] as [number, number],
  name: '',
  inspected_on: '',
  note: '',
} as const;
const conflicted: DeskEvent = {
  is: 'conflicted',
  conflict: {
    deed: 'edit',
    id: 'p1',
    code: 'AB-0001-K',
    base,
    mine: { ...base, note: 'mine', condition: 'missing' },
    theirs: { fields: { ...base, note: 'theirs', name: 'at the mill' }, etag: '"2"' },
  },
};

describe('a conflict', () => {
  it.each<[Language, string[]]>([
    [
      'en',
      [
        'Condition|Working|Missing',
        'Name|at the mill|(not changed by you: stays theirs)',
        'Note|theirs|mine',
      ],
    ],
    ['zh', ['状态|完好|缺失', '名称|at the mill|（您未改，保留他人的）', '备注|theirs|mine']],
  ])('shows both versions where they differ (%s)', (language, rows) => {
    const { container } = shown(<Dialogs />, language, [conflicted]);
    const lines = [...container.querySelectorAll('.versions tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent).join('|'),
    );
    expect(lines).toEqual(rows);
  });

  it('with a piece that is gone offers nothing to write over', () => {
    const gone: DeskEvent = { ...conflicted, conflict: { ...conflicted.conflict, theirs: null } };
    const { queryByRole, text } = shown(<Dialogs />, 'en', [gone]);
    expect(text()).toContain('Somebody has taken it out of the register');
    expect(queryByRole('button', { name: 'Write mine over it', hidden: true })).toBeNull();
  });
});

describe('signing in', () => {
  const open: DeskEvent = { is: 'dialogOpened', dialog: { what: 'signIn', has_ended: false } };
  const refused = (kind: string, retry_after_s: number | null = null): DeskEvent => ({
    is: 'failed',
    deed: 'signIn',
    fault: { what: 'refused', kind, why: kind, retry_after_s },
  });

  it.each<[DeskEvent, Language, string]>([
    [refused('wrong-password'), 'en', 'The name or the password is wrong.'],
    [refused('wrong-password'), 'zh', '用户名或密码不正确。'],
    [refused('too-many-attempts', 42), 'en', 'Too many attempts; try again in 42 s.'],
    [refused('too-many-attempts', 300), 'zh', '尝试次数过多，请在 5 分钟后再试。'],
    [{ is: 'failed', deed: 'signIn', fault: { what: 'unreachable' } }, 'en', 'The service cannot be reached'],
  ])('says in clear words why it did not work', (fault, language, words) => {
    const { getByRole } = shown(<Dialogs />, language, [open, fault]);
    expect(getByRole('alert', { hidden: true }).textContent).toContain(words);
  });

  it('begins at the name, and takes the focus from nobody who types already', async () => {
    const { getByLabelText } = shown(<Dialogs />, 'en', [open]);
    expect(document.activeElement).toBe(getByLabelText('Name'));
    getByLabelText('Password').focus();
    await new Promise((done) => setTimeout(done, 50));
    expect(document.activeElement).toBe(getByLabelText('Password'));
  });

  it('sends what was typed', () => {
    const signIn = vi.fn(() => Promise.resolve({ account: null }));
    const { container, getByLabelText } = shown(<Dialogs />, 'en', [open], { signIn });
    fireEvent.input(getByLabelText('Name'), { target: { value: ' wang ' } });
    fireEvent.input(getByLabelText('Password'), { target: { value: 'four words by the river' } });
    const form = container.querySelector('form');
    if (form) fireEvent.submit(form);
    expect(signIn).toHaveBeenCalledWith('wang', 'four words by the river');
  });
});

describe('signing in with a provider', () => {
  const open: DeskEvent = { is: 'dialogOpened', dialog: { what: 'signIn', has_ended: false } };
  const provider = () => Promise.resolve('Town ID');

  it('is offered where there is one', async () => {
    const { findByRole } = shown(<Dialogs />, 'zh', [open], { provider });
    await findByRole('button', { name: '使用 Town ID 登录', hidden: true });
  });

  it('is not offered where there is none', async () => {
    const none = vi.fn(() => Promise.resolve(null));
    const { text } = shown(<Dialogs />, 'en', [open], { provider: none });
    await vi.waitFor(() => expect(none).toHaveBeenCalled());
    expect(text()).not.toContain('Sign in with');
  });

  it.each([
    ['unknown-identity', 'Ask the region'],
    ['provider-down', 'Town ID does not answer'],
    ['name-taken', 'Somebody has this name'],
  ])('says to whoever comes back with %s what to do', async (kind, words) => {
    const session = () => Promise.resolve({ account: null });
    const { desk, findByText } = shown(<Dialogs />, 'en', [], { provider, session });
    const page = storeOf(pageAfter(regionsCame));
    await deedsOf(desk, page, { session } as RegisterApi, told).cameBack(kind);
    await findByText((text) => text.includes(words));
  });

  it('takes an invitation along under the name that was typed', async () => {
    const beginWithProvider = vi.fn(() => Promise.resolve({ location: '#gone' }));
    const invited: DeskEvent[] = [
      { is: 'dialogOpened', dialog: { what: 'invitation', token: 't', looked: null } },
      {
        is: 'looked',
        token: 't',
        invitation: { role: 'planner', region: 'here', expires_at: '2026-12-01T00:00:00Z' },
      },
    ];
    const api = { provider, beginWithProvider };
    const { findByRole, getByLabelText } = shown(<Dialogs />, 'en', invited, api);
    fireEvent.input(getByLabelText('Name'), { target: { value: ' li ' } });
    fireEvent.click(await findByRole('button', { name: 'Sign in with Town ID', hidden: true }));
    await vi.waitFor(() => expect(beginWithProvider).toHaveBeenCalledWith({ token: 't', name: 'li' }));
  });
});

describe('an invitation', () => {
  const open: DeskEvent[] = [
    { is: 'dialogOpened', dialog: { what: 'invitation', token: 't', looked: null } },
    {
      is: 'looked',
      token: 't',
      invitation: { role: 'planner', region: 'here', expires_at: '2026-12-01T00:00:00Z' },
    },
  ];

  it('is taken up only with a password that was typed twice the same', async () => {
    const accept = vi.fn(() => Promise.resolve({ account: null }));
    const { container, getByLabelText, text } = shown(<Dialogs />, 'en', open, { accept });
    expect(text()).toContain('planner, here');
    const type = (label: string, value: string) =>
      fireEvent.input(getByLabelText(label), { target: { value } });
    type('Name', 'li');
    type('New password', 'four words by the river');
    type('New password again', 'four words by the rivet');
    const form = container.querySelector('form');
    if (form) fireEvent.submit(form);
    expect(accept).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(text()).toContain('The two are not the same.'));
    type('New password again', 'four words by the river');
    await vi.waitFor(() => expect(text()).not.toContain('The two are not the same.'));
    if (form) fireEvent.submit(form);
    expect(accept).toHaveBeenCalledWith('t', { name: 'li', password: 'four words by the river' });
  });

  it('adds its role to who is signed in already', () => {
    const account = { id: 1, name: 'wang', roles: [] };
    const { text } = shown(<Dialogs />, 'zh', [{ is: 'signedIn', account }, ...open]);
    expect(text()).toContain('此角色将加到您的账号“wang”');
  });
});

describe('the history', () => {
  it('shows at its line why a change cannot be taken back', () => {
    const entry = (id: number) =>
      ({
        id,
        at: '2026-01-02T03:04:05Z',
        who: 'wang',
        thing: 'crossing',
        thing_id: `bridge-${id}`,
        before: { state: 'open' },
        after: { state: 'closed' },
      }) as unknown as AuditEntry;
    const fault = { what: 'refused', kind: 'changed-since', why: '', retry_after_s: null } as const;
    const { container } = shown(<HistoryList />, 'en', [
      { is: 'historyCame', history: { region: 'here', entries: [entry(2), entry(1)], before: null } },
      { is: 'failed', deed: 'undo', fault, about: '1' },
    ]);
    const lines = [...container.querySelectorAll('.history > li')].map((line) => line.textContent);
    expect(lines[0]).toContain('bridge 2 closed');
    expect(lines[0]).not.toContain('cannot be undone');
    expect(lines[1]).toContain('It was changed again since then');
  });
});

describe('the keys of programs', () => {
  it.each([
    ['en', 'Jan 1, 2027 · last used Nov 25, 2026', 'Jan 1, 2027 · never used'],
    ['zh', '最近使用：2026年11月25日', '从未使用'],
  ] as const)('say when each was last used (%s)', (language, used, unused) => {
    const key = { role: 'planner', region: null, expires_at: '2027-01-01T00:00:00Z' } as const;
    const keys = [
      { ...key, id: 1, name: 'QGIS', last_used_at: '2026-11-25T02:00:00Z' },
      { ...key, id: 2, name: 'export', last_used_at: null },
    ];
    const { container } = shown(<Keys keys={keys} made={null} />, language, []);
    const rows = [...container.querySelectorAll('.desk-key')].map((row) => row.textContent);
    expect(rows[0]).toContain(used);
    expect(rows[1]).toContain(unused);
  });
});

const reporting = (send: Reporting['send']): Reporting => ({ send, addPhoto: vi.fn(), shrink: vi.fn() });

describe('a report', () => {
  it.each([
    [true, 'heeded at once'],
    [false, 'once a planner has looked into it'],
  ])('is taken down, and it is said whether it is heeded (%s)', async (heeded, words) => {
    const send = vi.fn(() => Promise.resolve({ id: 12, heeded, photo_right: 'r' }));
    const about = { id: 'p1', code: 'AB-0001-K' };
    const form = <ReportForm about={about} reporting={reporting(send)} onClose={() => {}} />;
    const { container, getByLabelText, text } = shown(form, 'en', []);
    fireEvent.click(getByLabelText('It is damaged'));
    const fields = container.querySelector('form');
    if (fields) fireEvent.submit(fields);
    await vi.waitFor(() => expect(text()).toContain('Recorded, no. 12'));
    expect(text()).toContain(words);
    expect(send).toHaveBeenCalledWith({ kind: 'damaged', equipment: 'p1' });
  });

  it('of a place is of a hazard, and what was typed stays when it cannot be sent', async () => {
    const send = vi.fn(() => Promise.resolve({ what: 'unreachable' } as const));
    const form = <ReportForm about={{ at: [9.5, 47.1] }} reporting={reporting(send)} onClose={() => {}} />;
    const { container, text } = shown(form, 'zh', []);
    const note = container.querySelector('textarea');
    if (note) fireEvent.input(note, { target: { value: '栏杆断了' } });
    const fields = container.querySelector('form');
    if (fields) fireEvent.submit(fields);
    await vi.waitFor(() => expect(text()).toContain('尚未提交'));
    expect(send).toHaveBeenCalledWith({ kind: 'hazard', at: [9.5, 47.1], note: '栏杆断了' });
    expect(container.querySelector('textarea')?.value).toBe('栏杆断了');
  });
});
