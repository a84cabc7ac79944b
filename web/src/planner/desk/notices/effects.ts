// Notices: written, edited, ended and withdrawn; everybody's bar follows by itself. And webhooks, which are told of them.
import { holds } from '../../../shared/accounts.ts';
import type { NewNotice, Notice, NoticeEdit } from '../../../shared/contract.ts';
import { type NoticesApi, noticesApi } from '../../../shared/notices.ts';
import {
  type MadeWebhook,
  type NewWebhook,
  type WebhooksApi,
  webhooksApi,
} from '../../../shared/webhooks.ts';
import type { Hands } from '../effects.ts';
import { isOf } from '../faults.ts';

const MOST_LISTED = 50;

/** A notice ends in the future, also by a clock that is a little behind. */
const SOON_MS = 60_000;

export function noticeDeeds(
  { desk, region, doing }: Hands,
  api: NoticesApi = noticesApi,
  hooks: WebhooksApi = webhooksApi,
) {
  async function list(): Promise<readonly Notice[]> {
    const asked = region();
    const notices = await api.latest(asked, MOST_LISTED);
    desk.dispatch({ is: 'listCame', region: asked, list: { notices } });
    return notices;
  }

  /** Webhooks, each with what it was told lately. */
  async function listHooks(): Promise<void> {
    const asked = region();
    const told = (await hooks.all()).map(async (webhook) => ({
      webhook,
      // One that somebody removes meanwhile has nothing to tell.
      deliveries: await hooks.deliveries(webhook.id).catch(() => []),
    }));
    desk.dispatch({ is: 'listCame', region: asked, list: { webhooks: await Promise.all(told) } });
  }

  async function listAll(): Promise<void> {
    const mayTell = holds(desk.state.peek().account, 'administrator', null);
    await Promise.all([list(), mayTell ? listHooks() : null]);
  }

  /** Where somebody else was faster, what they made of it is shown before anything else is done. */
  async function orLook(change: Promise<unknown>): Promise<void> {
    try {
      await change;
    } catch (cause) {
      if (isOf(cause, 412)) await list();
      throw cause;
    }
  }

  return {
    listNotices: listAll,
    writeNotice: (notice: NewNotice, written: () => void) =>
      doing('notice', async () => {
        await api.write(region(), notice);
        written();
        await listAll();
      }),
    /** Changes what a notice says, unless somebody else has changed it since it was seen: then that is handed over. */
    editNotice: (seen: Notice, edit: NoticeEdit, written: () => void, meets: (theirs: Notice) => void) =>
      doing(
        'notice',
        async () => {
          try {
            await api.edit(region(), seen, edit);
          } catch (cause) {
            if (!isOf(cause, 412)) throw cause;
            const theirs = (await list()).find(({ id }) => id === seen.id);
            if (theirs === undefined || theirs.state === 'withdrawn') throw cause;
            meets(theirs);
            return;
          }
          written();
          await listAll();
        },
        String(seen.id),
      ),
    /** Lets a notice that is in force be over. */
    endNotice: (notice: Notice) =>
      doing(
        'notice',
        async () => {
          const until = new Date(Date.now() + SOON_MS).toISOString();
          await orLook(api.edit(region(), notice, { until }));
          await listAll();
        },
        String(notice.id),
      ),
    withdrawNotice: (notice: Notice) =>
      doing(
        'notice',
        async () => {
          await orLook(api.withdraw(region(), notice));
          await listAll();
        },
        String(notice.id),
      ),
    lookAtWebhooks: () => doing('webhook', listHooks),
    /** Its secret is handed over, and kept nowhere. */
    addWebhook: (webhook: NewWebhook, made: (webhook: MadeWebhook) => void) =>
      doing('webhook', async () => {
        made(await hooks.add(webhook));
        await listHooks();
      }),
    removeWebhook: (id: number) =>
      doing(
        'webhook',
        async () => {
          await hooks.remove(id);
          await listHooks();
        },
        String(id),
      ),
  };
}
