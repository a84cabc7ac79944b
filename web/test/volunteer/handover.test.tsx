import { act, cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { entry, evening, following, NOW, pack, wanted } from './night.ts';
import { bothLanguages, later, press, show, started } from './shown.tsx';

beforeAll(bothLanguages);
afterEach(cleanup);

const answered = (answer: 'comes' | 'cannot' | 'hands_over' | null) => {
  const { duty } = pack();
  if (duty === null) throw new Error('nobody is on');
  return evening({ duty: { ...duty, answer } });
};
const sheet = () => within(screen.getByRole('dialog'));

describe('handing an evening over', () => {
  it('is a third answer, asked about before it is given', () => {
    const { deeds, state } = show(evening());
    press('转交');
    expect(deeds.answer).not.toHaveBeenCalled();
    sheet().getByText(/有人接替之前，仍由您值守/);
    fireEvent.click(sheet().getByRole('button', { name: '转交' }));
    expect(deeds.answer).toHaveBeenCalledWith('hands_over');
    expect(state.value.dialog?.is).toBe('hands');
  });

  it('says that one is still on, and is taken back by another answer', () => {
    const { deeds } = show(answered('hands_over'));
    expect(screen.getByRole('button', { name: '转交' }).getAttribute('aria-pressed')).toBe('true');
    screen.getByText(/有人接替之前，仍由您值守。$/);
    press('我来');
    expect(deeds.answer).toHaveBeenCalledWith('comes');
  });

  it('waits on the phone like the other answers where there is no line', () => {
    const said = following(evening(), { is: 'lineIs', up: false }, { is: 'answered', answer: 'hands_over' });
    expect(said.owed?.answer).toBe('hands_over');
    show(said);
    screen.getByText('已存手机，有网络时告诉组长。');
    // What comes from the service meanwhile says nothing else.
    const again = following(said, { is: 'packCame', pack: pack(), at_ms: NOW });
    expect(again.pack?.value.duty?.answer).toBe('hands_over');
  });

  it('is also there while a patrol is under way, and back from it', () => {
    const first = show(started());
    press('把今晚余下的转交他人');
    expect(first.state.value.dialog?.is).toBe('hands');
    cleanup();
    const { deeds } = show(started(answered('hands_over')));
    press('还是我来');
    expect(deeds.answer).toHaveBeenCalledWith('comes');
  });

  it('is said of partners, too', () => {
    const { duty } = pack();
    const members = (duty?.members ?? []).map((one) => ({ ...one, answer: 'hands_over' as const }));
    show(evening({ duty: duty === null ? null : { ...duty, members } }));
    screen.getByText(/想转交/);
  });

  it('is no cancelled patrol when somebody has taken it over', () => {
    const taken = following(answered('hands_over'), {
      is: 'packCame',
      pack: pack({ duty: null, patrol: null }),
      at_ms: NOW,
    });
    expect(taken.change).toMatchObject({ to: null, is_taken_over: true });
    show(taken);
    screen.getByText(/有人接替了您/);
    expect(screen.queryByText('组长取消了今晚的巡逻')).toBeNull();
  });

  it('leaves no route to whoever is walking when it is taken over', () => {
    show(started(evening({ duty: null, patrol: null })));
    screen.getByText('您已没有路线');
  });
});

describe('an evening that somebody else hands over', () => {
  const withOne = (over = {}) => evening({ wanted: [wanted(over)] });
  const opened = (state = withOne()) =>
    following(state, { is: 'dialogOpened', dialog: { is: 'takeOver', wanted: wanted() } });

  it('is listed with day, team, begin and who it is, tonight and where nothing is on', async () => {
    show(withOne());
    await screen.findByText('2026年11月29日');
    screen.getByText('1 队 · 19:00 出发');
    screen.getByText('陈静转交');
    cleanup();
    show(evening({ duty: null, patrol: null, wanted: [wanted({ team_name: '南队', begins: null })] }));
    await screen.findByText('南队');
  });

  it('is not looked for where a pack of an older page knows none', () => {
    const old = { ...pack(), wanted: undefined as never };
    show(following(evening(), { is: 'packCame', pack: old, at_ms: NOW }));
    expect(screen.queryByText('谁能接替？')).toBeNull();
  });

  it('is taken after one more question', async () => {
    const { deeds } = show(withOne());
    fireEvent.click(await screen.findByRole('button', { name: '2026年11月29日我来接替陈静' }));
    await screen.findByText(/您代替陈静（1 队）值守/);
    expect(deeds.takeOver).not.toHaveBeenCalled();
    fireEvent.click(sheet().getByRole('button', { name: '我来接替' }));
    expect(deeds.takeOver).toHaveBeenCalledWith(wanted());
  });

  it('needs a line, and says so', async () => {
    show(opened(following(withOne(), { is: 'lineIs', up: false })));
    await screen.findByText('需要联网。');
    expect(sheet().getByRole('button', { name: '我来接替' })).toHaveProperty('disabled', true);
  });

  it('says in clear words why it is not one’s own, and offers no second try', async () => {
    const refused = (kind: string) =>
      following(opened(), {
        is: 'failed',
        deed: 'takeOver',
        fault: { what: 'refused', kind, why: 'in the words of the service' },
      });
    show(refused('not-handed-over'));
    await screen.findByText('已有人接替，或对方已撤回。列表已更新。');
    expect(sheet().queryByRole('button', { name: '我来接替' })).toBeNull();
    cleanup();
    show(refused('already-on'));
    await screen.findByText('那天晚上您已经有值守。');
    cleanup();
    show(following(opened(), { is: 'failed', deed: 'takeOver', fault: { what: 'unreachable' } }));
    await screen.findByText('连不上服务。有网络时再试。');
    expect(sheet().getByRole('button', { name: '我来接替' })).toHaveProperty('disabled', false);
  });

  it('forgets what went wrong when another one is looked at', () => {
    const failed = following(opened(), { is: 'failed', deed: 'takeOver', fault: { what: 'unreachable' } });
    const other = { is: 'takeOver', wanted: wanted({ volunteer: 45 }) } as const;
    expect(following(failed, { is: 'dialogOpened', dialog: other }).fault).toBeNull();
  });
});

describe('what is fetched later', () => {
  it('is said to be missing where it does not come, and comes with another try', async () => {
    const failing = vi.fn<typeof later>(() => Promise.reject(new Error('no line')));
    const reminder = { is: 'dialogOpened', dialog: { is: 'reminder' } } as const;
    show(following(evening(), reminder), { later: failing });
    const again = await within(await screen.findByRole('dialog', { name: '手机上还没有' })).findByRole(
      'button',
      { name: '重试' },
    );
    sheet().getByText(/有网络时再试/);
    failing.mockImplementation(later);
    await act(async () => void fireEvent.click(again));
    await screen.findByText('不要独自游泳。');
  });

  it('is not needed to call for help, to check in, to agree, nor to go', () => {
    const never = () => new Promise<never>(() => {});
    const first = show(following(started(), { is: 'dialogOpened', dialog: { is: 'water' } }), {
      later: never,
    });
    sheet().getByRole('link', { name: /144/ });
    act(() => first.dispatch({ is: 'dialogOpened', dialog: { is: 'consent' } }));
    sheet().getByRole('button', { name: '同意，开始巡逻' });
    act(() => first.dispatch({ is: 'dialogOpened', dialog: null }));
    press('到点签到');
    expect(first.deeds.checkIn).toHaveBeenCalledOnce();
    cleanup();
    const { deeds } = show(evening(), { later: never });
    press('开始巡逻');
    expect(deeds.start).toHaveBeenCalledOnce();
  });

  it('still asks before it deletes', async () => {
    const other = entry('b', 2, { kind: 'report', note: '杂草' });
    const { deeds } = show(
      following(
        evening(),
        { is: 'entered', entry: other, isKept: true },
        { is: 'dialogOpened', dialog: { is: 'drop', uuid: 'b' } },
      ),
    );
    fireEvent.click(await screen.findByRole('button', { name: '删除' }));
    expect(deeds.drop).toHaveBeenCalledWith('b');
  });
});
