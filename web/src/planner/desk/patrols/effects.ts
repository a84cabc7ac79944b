// What an evening's patrol does of its own accord: asks the service, follows the search, and publishes.
import { computed, effect, untracked } from '@preact/signals';
import { Refused } from '../../../shared/api.ts';
import type { LonLat } from '../../../shared/contract.ts';
import { type PatrolsApi, patrolsApi } from '../../../shared/patrols.ts';
import { wordsIn } from '../../../shared/words.ts';
import type { Hands } from '../effects.ts';
import { faultFor, searches } from '../following/effects.ts';
import { type PartStore, picking, pickOn } from '../opened.ts';
import {
  type EveningWish,
  type Move,
  type PatrolEvent,
  type PatrolState,
  type Picks,
  publishedOn,
  requestOf,
  type TeamWish,
} from './state.ts';

/** So many of the latest evenings are listed. */
const EVENINGS = 14;

export type PatrolStore = PartStore<PatrolState, PatrolEvent>;
export type PatrolDeeds = ReturnType<typeof patrolDeeds>;

export function patrolDeeds(
  patrols: PatrolStore,
  { desk, planner, region }: Pick<Hands, 'desk' | 'planner' | 'region'>,
  api: PatrolsApi = patrolsApi,
) {
  const { dispatch } = patrols;
  const now = () => patrols.state.peek();
  const words = () => wordsIn(planner.state.peek().language);
  const say = (text: string) => planner.dispatch({ is: 'said', text });

  const failed = (cause: unknown) => dispatch({ is: 'failed', fault: faultFor(desk, cause) });

  let search = 0;
  const finder = searches(api, {
    isWanted: (number) => number === now().search,
    came: (number, job) => dispatch({ is: 'jobCame', search: number, job }),
    failed: (number, cause) => dispatch({ is: 'searchFailed', search: number, fault: faultFor(desk, cause) }),
  });

  async function plan(keeps: boolean): Promise<void> {
    search = Math.max(search, now().search) + 1;
    const asked = requestOf(now(), keeps);
    finder.drop();
    pick(null);
    dispatch({ is: 'searchBegun', search });
    await finder.begin(search, region(), asked);
  }

  async function refresh(): Promise<void> {
    const where = region();
    try {
      const published = await api.published(where, EVENINGS);
      if (where === region()) dispatch({ is: 'publishedCame', published });
    } catch (cause) {
      failed(cause);
    }
  }

  /** From now on a tap on the map says where; or no longer. */
  function pick(picks: Picks | null): void {
    if (picks === null && now().picks === null) return;
    pickOn(planner, picks !== null);
    dispatch({ is: 'picking', picks });
  }

  /** Does something with what is published, and looks again at what is. */
  async function publishing(work: () => Promise<string>): Promise<void> {
    dispatch({ is: 'publishing' });
    try {
      const text = await work();
      await refresh();
      dispatch({ is: 'publishingDone' });
      say(text);
    } catch (cause) {
      // Somebody else was faster: what they have published is shown before anything is done again.
      if (cause instanceof Refused && [409, 412].includes(cause.problem.status)) await refresh();
      failed(cause);
    }
  }

  return {
    wish: (wish: Partial<EveningWish>) => dispatch({ is: 'wished', wish }),
    addTeam: () => dispatch({ is: 'teamAdded' }),
    dropTeam: (key: number) => dispatch({ is: 'teamDropped', key }),
    sayTeam: (key: number, said: Partial<Omit<TeamWish, 'key'>>) => dispatch({ is: 'teamSaid', key, said }),
    pick,
    addHotSpot: (at: LonLat) => {
      dispatch({ is: 'picking', picks: { what: 'hotSpot' } });
      dispatch({ is: 'picked', at });
      dispatch({ is: 'picking', picks: null });
    },
    plan,
    stop: () => finder.stop(now().search),
    choose: (team: number | null) => dispatch({ is: 'chosen', team }),
    lock: (stretches: readonly string[], isLocked: boolean) =>
      dispatch({ is: 'lockSet', stretches, isLocked }),
    /** Looks what a move costs; nothing is changed yet. */
    tryMove: async (move: Move) => {
      const { shown } = now();
      if (shown === null) return;
      dispatch({ is: 'tried', move });
      try {
        const job = await api.give(region(), shown.id, move.stretch, move.from, move.to);
        dispatch({ is: 'trialCame', move, job });
      } catch (cause) {
        if (now().trial?.move === move) failed(cause);
      }
    },
    take: () => dispatch({ is: 'taken' }),
    leave: () => dispatch({ is: 'tried', move: null }),
    back: () => dispatch({ is: 'wentBack' }),
    on: () => dispatch({ is: 'wentOn' }),
    refresh,
    publish: () =>
      publishing(async () => {
        const { shown } = now();
        if (shown === null) throw new Error('nothing to publish');
        const { day } = shown.plan;
        const seen = publishedOn(now(), day)?.validator ?? null;
        await api.publish(region(), day, shown.id, seen);
        return words()('deskPatrolPublishedNow', { day: words().date(day) });
      }),
    withdraw: (day: string) =>
      publishing(async () => {
        const seen = publishedOn(now(), day)?.validator ?? '*';
        await api.withdraw(region(), day, seen);
        return words()('deskPatrolWithdrawnNow', { day: words().date(day) });
      }),
    /** Looks at what is published for an evening; planning goes on from there. */
    open: async (day: string) => {
      try {
        const { plan, plan_id } = await api.publishedOn(region(), day);
        const { wish, nextKey } = now();
        const teams = plan.teams.map(({ name, start, end, start_is_chosen }, i) => ({
          key: nextKey + i,
          name: name ?? '',
          start: start_is_chosen ? null : (start as LonLat),
          end: start_is_chosen || `${start}` === `${end}` ? null : (end as LonLat),
          minutes: null,
        }));
        const minutes = Math.round(Math.max(0, ...plan.teams.map(({ most_s }) => most_s)) / 60);
        const keys = teams.map(({ key }) => key);
        dispatch({
          is: 'opened',
          shown: { id: plan_id, plan, version: null, keys, isStopped: false },
          wish: { ...wish, day, begins: plan.begins ?? wish.begins, minutes, teams },
        });
      } catch (cause) {
        failed(cause);
      }
    },

    /** Follows the page from now on; returns how to stop. */
    watch(): () => void {
      const where = computed(() => planner.state.value.region);
      const isIn = computed(() => desk.state.value.account !== null);
      const isLookedAt = computed(() => isIn.value && desk.state.value.view === 'patrols');
      let last = where.peek();
      const stops = [
        effect(() => {
          const isElsewhere = where.value !== last || !isIn.value;
          last = where.value;
          if (!isElsewhere) return;
          untracked(() => {
            finder.drop();
            dispatch({ is: 'left' });
            if (isIn.peek()) void refresh();
          });
        }),
        // While one looks, somebody may publish something or take it back.
        effect(() => {
          const region = where.value;
          if (!isLookedAt.value || region === null) return;
          return untracked(() => api.listenForPublished(region, () => void refresh()));
        }),
        // Hot spots may be several; a start is one.
        picking(
          planner,
          () => patrols.state.value.picks !== null,
          (at) => dispatch({ is: 'picked', at }),
          () => dispatch({ is: 'picking', picks: null }),
        ),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
