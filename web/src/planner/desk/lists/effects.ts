// What is listed of the register: asked for, looked through, and decided line by line.
import { holds } from '../../../shared/accounts.ts';
import type { Report, Water } from '../../../shared/contract.ts';
import type { Hands } from '../effects.ts';
import { ChangedMeanwhile, isOf } from '../faults.ts';
import { MOST_TRIES } from '../sending.ts';
import type { View } from '../state.ts';

const ENTRIES_PER_PAGE = 50;
const MOST_DUE = 300;

export function listDeeds(
  { desk, api, told, region, doing, remember }: Hands,
  listNotices: () => Promise<void>,
) {
  const { dispatch } = desk;
  const now = () => desk.state.peek();

  async function page(before: number | null) {
    const asked = region();
    const { entries, next } = await api.audit(asked, ENTRIES_PER_PAGE, before);
    return { region: asked, entries, before: next === null ? null : (entries.at(-1)?.id ?? null) };
  }

  /** Asks for what a view lists. */
  async function show(view: View): Promise<void> {
    const asked = region();
    switch (view) {
      case 'pieces':
        return;
      case 'history':
        dispatch({ is: 'historyCame', history: await page(null) });
        return;
      case 'crossings':
        dispatch({ is: 'listCame', region: asked, list: { crossings: await api.crossings(asked) } });
        return;
      case 'waters':
        dispatch({ is: 'listCame', region: asked, list: { waters: await api.waters(asked) } });
        return;
      case 'map':
        dispatch({ is: 'listCame', region: asked, list: { corrections: await api.corrections(asked) } });
        return;
      case 'settings':
        dispatch({ is: 'listCame', region: asked, list: { settings: await api.settings(asked) } });
        return;
      case 'points':
        dispatch({ is: 'listCame', region: asked, list: { points: await api.points(asked) } });
        return;
      case 'notices':
        await listNotices();
        return;
      case 'inspections':
        dispatch({ is: 'listCame', region: asked, list: { due: await api.due(asked, MOST_DUE) } });
        return;
      case 'reports':
        dispatch({ is: 'listCame', region: asked, list: { reports: await api.openReports(asked) } });
        return;
    }
  }

  return {
    pick: (view: View) => {
      dispatch({ is: 'viewPicked', view });
      if (view !== 'pieces') void doing('list', () => show(view));
    },
    /** Asks again for what is shown: somebody has changed something. What does not come is asked for by hand. */
    refresh: () => {
      const { view, account, lists } = now();
      if (!holds(account, 'planner', region())) return;
      show(view).catch(() => {});
      // The card of a place tells which rescue point is there, whatever is listed beside it.
      if (view !== 'points' && lists?.points) show('points').catch(() => {});
    },
    older: () => {
      const { history } = now();
      if (history?.before === null || history === null) return Promise.resolve();
      return doing('list', async () => {
        dispatch({ is: 'olderCame', history: await page(history.before) });
      });
    },
    undoEntry: (entry: number) =>
      doing(
        'undo',
        async () => {
          await api.undo(region(), entry);
          dispatch({ is: 'stepForgotten', entry });
          told.undone();
          await show('history');
        },
        String(entry),
      ),
    /** Grades a water as long as nobody else has graded it since it was seen. */
    grade: ({ id, risk: seen }: Water, risk: number, name: string) =>
      doing(
        'grade',
        async () => {
          for (let tries = 0; tries < MOST_TRIES; tries += 1) {
            const { body, etag } = await api.water(region(), id);
            if (body.risk !== seen) {
              await show('waters');
              throw new ChangedMeanwhile();
            }
            try {
              await api.grade(region(), id, risk, etag ?? '');
              await show('waters');
              await remember(id, 'grade', name);
              told.saved(name);
              return;
            } catch (cause) {
              if (!isOf(cause, 412)) throw cause;
            }
          }
          throw new ChangedMeanwhile();
        },
        id,
      ),
    /** Turns settings; `null` lets the region's file count again. */
    turn: (to: Readonly<Record<string, number | null>>, name: string) =>
      doing('turn', async () => {
        await api.turn(region(), to);
        await show('settings');
        const [changed] = Object.keys(to);
        if (changed !== undefined) await remember(changed, 'turn', name);
        told.saved(name);
      }),
    decide: ({ id }: Report, state: 'confirmed' | 'rejected') =>
      doing(
        'decide',
        async () => {
          await api.decide(region(), id, state);
          told.decided(state);
          await show('reports');
        },
        String(id),
      ),
  };
}
