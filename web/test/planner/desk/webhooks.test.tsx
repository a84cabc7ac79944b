// Webhooks on the page: whether they were told, one more with its secret, one less, and why not.
import { signal } from '@preact/signals';
import { act, cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { faultOf } from '../../../src/planner/desk/faults.ts';
import { noticeDeeds } from '../../../src/planner/desk/notices/effects.ts';
import { tellingFault, whyNotTold } from '../../../src/planner/desk/notices/telling.ts';
import { DeskContext } from '../../../src/planner/desk/panels/context.ts';
import { NoticeList } from '../../../src/planner/desk/panels/notices/notices.tsx';
import type { Deed } from '../../../src/planner/desk/state.ts';
import { deskStore } from '../../../src/planner/desk/store.ts';
import { PlannerContext } from '../../../src/planner/panels/planner.ts';
import { storeOf } from '../../../src/planner/store.ts';
import type { Account } from '../../../src/shared/accounts.ts';
import { Refused } from '../../../src/shared/api.ts';
import type { Delivery, NewWebhook, Webhook } from '../../../src/shared/webhooks.ts';
import { type Language, loadWords } from '../../../src/shared/words.ts';
import { coverageCame, pageAfter, regionsCame } from '../../world.ts';

beforeAll(async () => {
  await loadWords('en', 'later', 'desk', 'notices');
  await loadWords('zh', 'later', 'desk', 'notices');
});
afterEach(cleanup);

const HOOK: Webhook = { id: 1, server: 'https://a.example', shape: 'json', region: null };

const delivery = (over: Partial<Delivery> = {}): Delivery => ({
  id: 1,
  notice: 7,
  event: 'published',
  state: 'delivered',
  created_at: '2026-01-02T03:00:00Z',
  attempts: 1,
  next_at: null,
  fault: null,
  ...over,
});

/** The service, with these webhooks and what they were told. */
function serving(deliveries: Delivery[] | null) {
  let kept: Webhook[] = deliveries === null ? [] : [HOOK];
  return {
    all: vi.fn(async () => kept),
    deliveries: vi.fn(async () => deliveries ?? []),
    add: vi.fn(async ({ shape }: NewWebhook) => {
      const made: Webhook = { ...HOOK, id: 2, server: 'https://b.example', shape };
      kept = [...kept, made];
      return { ...made, secret: 'whsec_abc' };
    }),
    remove: vi.fn(async (id: number) => {
      kept = kept.filter((one) => one.id !== id);
    }),
  };
}

const ROLES: Record<'all' | 'here', Account> = {
  all: { id: 1, name: 'mei', roles: [{ role: 'administrator', region: null }] },
  here: { id: 2, name: 'wang', roles: [{ role: 'administrator', region: 'here' }] },
};

async function shown(language: Language, hooks: ReturnType<typeof serving>, who: Account = ROLES.all) {
  const store = storeOf(pageAfter(regionsCame, coverageCame, { is: 'languagePicked', language }));
  const desk = deskStore();
  desk.dispatch({ is: 'signedIn', account: who });
  const region = () => store.state.peek().region ?? '';
  /** As on the page, what goes wrong is told where it was tried. */
  const doing = async (deed: Deed, run: () => Promise<void>, about?: string) => {
    desk.dispatch({ is: 'begun', deed });
    await run().then(
      () => desk.dispatch({ is: 'done' }),
      (cause) =>
        desk.dispatch({
          is: 'failed',
          deed,
          fault: faultOf(cause),
          ...(about === undefined ? {} : { about }),
        }),
    );
  };
  const notices = {
    inForce: vi.fn(),
    latest: vi.fn(async () => []),
    write: vi.fn(),
    edit: vi.fn(),
    withdraw: vi.fn(),
  };
  const deeds = noticeDeeds({ desk, region, doing } as never, notices, hooks);
  await deeds.listNotices();
  const copy = vi.fn();
  const page = render(
    <PlannerContext.Provider value={{ store, deeds: { copy } as never, desk: signal(null) }}>
      <DeskContext.Provider value={{ store: desk, deeds: deeds as never }}>
        <NoticeList />
      </DeskContext.Provider>
    </PlannerContext.Provider>,
  );
  return { ...page, copy, desk };
}

describe('webhooks', () => {
  it('are shown to administrators of all regions and asked for by nobody else', async () => {
    const hooks = serving([]);
    const page = await shown('en', hooks, ROLES.here);
    expect(page.queryByRole('region', { name: 'Who is told' })).toBeNull();
    expect(hooks.all).not.toHaveBeenCalled();
  });

  it('tell whether they were told, and why not, in the reader’s language', async () => {
    const tries = [
      delivery({
        id: 3,
        state: 'pending',
        attempts: 2,
        next_at: '2026-01-02T03:05:00Z',
        fault: 'it answered 503',
      }),
      delivery({ id: 2, event: 'changed', state: 'given_up', attempts: 7, fault: 'no answer within 10 s' }),
      delivery(),
    ];
    const page = await shown('zh', serving(tries));
    const text = page.container.textContent ?? '';
    expect(text).toContain('https://a.example');
    expect(text).toMatch(/已尝试 2 次，.* 重试：对方返回状态 503/);
    expect(text).toContain('通知 7 变更');
    expect(text).toMatch(/尝试 7 次后放弃：对方未及时应答/);
    expect(text).toContain('已送达');
  });

  it('show a secret once, to be copied, and a group has none to keep', async () => {
    const hooks = serving(null);
    const page = await shown('en', hooks);
    fireEvent.click(page.getByRole('button', { name: 'Add a recipient' }));
    const address = await vi.waitFor(() => page.getByLabelText('Address'));
    expect(document.activeElement).toBe(page.getByLabelText('Who is it?'));
    fireEvent.input(address, { target: { value: ' https://b.example/x ' } });
    await act(async () => {
      fireEvent.submit(page.getByRole('form', { name: 'Add a recipient' }));
    });
    expect(hooks.add).toHaveBeenCalledWith({ url: 'https://b.example/x', shape: 'json', region: null });
    const secret = (await vi.waitFor(() => page.getByLabelText('The secret'))) as HTMLInputElement;
    expect(secret.value).toBe('whsec_abc');
    fireEvent.click(page.getByRole('button', { name: 'Copy the secret' }));
    expect(page.copy).toHaveBeenCalledWith('whsec_abc');
    fireEvent.click(page.getByRole('button', { name: 'Kept it' }));
    await vi.waitFor(() => expect(page.container.innerHTML).not.toContain('whsec_'));
    await vi.waitFor(() => expect(page.container.textContent).toContain('https://b.example'));

    fireEvent.click(page.getByRole('button', { name: 'Add a recipient' }));
    fireEvent.change(await vi.waitFor(() => page.getByLabelText('Who is it?')), {
      target: { value: 'wecom' },
    });
    fireEvent.input(page.getByLabelText('Address'), { target: { value: 'https://b.example/y' } });
    await act(async () => {
      fireEvent.submit(page.getByRole('form', { name: 'Add a recipient' }));
    });
    await vi.waitFor(() => page.getByRole('button', { name: 'Done' }));
    expect(page.queryByLabelText('The secret')).toBeNull();
  });

  it('are removed only after it has been asked', async () => {
    const hooks = serving([]);
    const page = await shown('en', hooks);
    fireEvent.click(page.getByRole('button', { name: 'Remove https://a.example' }));
    const sure = await vi.waitFor(() => page.getByRole('button', { name: 'Remove it' }));
    expect(hooks.remove).not.toHaveBeenCalled();
    await act(async () => {
      fireEvent.click(sure);
    });
    expect(hooks.remove).toHaveBeenCalledWith(1);
    await vi.waitFor(() => expect(page.container.textContent).not.toContain('https://a.example'));
    expect(document.activeElement?.textContent).toBe('Who is told');
  });

  it('keep the keyboard on their line while something is done, and say there what went wrong', async () => {
    const hooks = serving([]);
    const gone = { type: '/problems/unknown-webhook', title: '', status: 404, detail: '' };
    hooks.remove.mockRejectedValueOnce(new Refused(gone as never));
    const page = await shown('en', hooks);
    fireEvent.click(page.getByRole('button', { name: 'Remove https://a.example' }));
    fireEvent.click(await vi.waitFor(() => page.getByRole('button', { name: 'Remove it' })));
    await page.findByText('Somebody has removed this recipient already.');
    await vi.waitFor(() => expect(document.activeElement?.closest('li')?.textContent).toContain('a.example'));
  });

  it('say in words why an address is refused', async () => {
    const hooks = serving(null);
    const detail = 'url must begin with https://';
    const refused = { type: '/problems/bad-parameter', title: '', status: 400, detail, parameter: 'url' };
    hooks.add.mockRejectedValueOnce(new Refused(refused as never));
    const page = await shown('zh', hooks);
    fireEvent.click(page.getByRole('button', { name: '添加接收方' }));
    fireEvent.input(await vi.waitFor(() => page.getByLabelText('地址')), {
      target: { value: 'http://b.example/x' },
    });
    await act(async () => {
      fireEvent.submit(page.getByRole('form', { name: '添加接收方' }));
    });
    const why = await page.findByText('地址须以 https:// 开头，以免被他人窥视。');
    expect(why.getAttribute('role')).toBe('alert');
    // What was typed stays.
    expect((page.getByLabelText('地址') as HTMLInputElement).value).toBe('http://b.example/x');
  });
});

describe('why somebody is not told', () => {
  it('is seen in the address', () => {
    expect(whyNotTold('hooks')).toBe('address');
    expect(whyNotTold('ftp://a.example/')).toBe('address');
    expect(whyNotTold('https://a.example/#b')).toBe('address');
    expect(whyNotTold('http://a.example/')).toBe('https');
    expect(whyNotTold('https://a:b@c.example/')).toBe('credentials');
    expect(whyNotTold('https://10.0.0.1/')).toBe('private');
  });

  it('is sorted by what the service says, and told as it is where that is new', () => {
    expect(tellingFault('it answered 410: it wants to be told nothing more')).toEqual({
      what: 'answered',
      n: '410',
    });
    expect(tellingFault('it answered with the error code 45009')).toEqual({ what: 'code', n: '45009' });
    expect(tellingFault('no connection: refused')).toEqual({ what: 'connection' });
    expect(tellingFault('no encrypted connection: expired')).toEqual({ what: 'encryption' });
    expect(tellingFault('its address names a server that cannot be found')).toEqual({ what: 'address' });
    expect(tellingFault('a new fault')).toEqual({ what: 'other', why: 'a new fault' });
  });
});
