// Notices: written and withdrawn; everybody's bar follows by itself.
import type { NewNotice, Notice } from '../../../shared/contract.ts';
import { type NoticesApi, noticesApi } from '../../../shared/notices.ts';
import type { Hands } from '../effects.ts';

const MOST_LISTED = 50;

export function noticeDeeds({ desk, region, doing }: Hands, api: NoticesApi = noticesApi) {
  async function list(): Promise<void> {
    const asked = region();
    desk.dispatch({
      is: 'listCame',
      region: asked,
      list: { notices: await api.latest(asked, MOST_LISTED) },
    });
  }
  return {
    listNotices: list,
    writeNotice: (notice: NewNotice, written: () => void) =>
      doing('notice', async () => {
        await api.write(region(), notice);
        written();
        await list();
      }),
    withdrawNotice: (notice: Notice) =>
      doing(
        'notice',
        async () => {
          await api.withdraw(region(), notice);
          await list();
        },
        String(notice.id),
      ),
  };
}
