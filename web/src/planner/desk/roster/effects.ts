// What the roster does of its own accord: asks the service who there is, who is on and what was seen, and keeps what was changed.
import { computed, effect, untracked } from '@preact/signals';
import { type PatrolsApi, patrolsApi } from '../../../shared/patrols.ts';
import { type RosterApi, rosterApi, type Volunteer, type VolunteerEdit } from '../../../shared/roster.ts';
import { wordsIn } from '../../../shared/words.ts';
import { regionOf } from '../../state.ts';
import type { Hands } from '../effects.ts';
import { isOf } from '../faults.ts';
import { faultFor } from '../following/effects.ts';
import type { PartStore } from '../opened.ts';
import { todayIn, weekOf } from './days.ts';
import {
  areSame,
  type Doing,
  dirtyDays,
  type RosterEvent,
  type RosterState,
  type Spot,
  type Tab,
  teamsOn,
  type Wanted,
} from './state.ts';

export type RosterStore = PartStore<RosterState, RosterEvent>;
export type RosterDeeds = ReturnType<typeof rosterDeeds>;
export type RosterHands = Pick<Hands, 'desk' | 'planner' | 'region'> & { api: Pick<Hands['api'], 'invite'> };

const DAYS = 7;

export function rosterDeeds(
  roster: RosterStore,
  { desk, planner, region, api: register }: RosterHands,
  api: RosterApi = rosterApi,
  patrols: Pick<PatrolsApi, 'publishedOn'> = patrolsApi,
) {
  const { dispatch } = roster;
  const now = () => roster.state.peek();
  const words = () => wordsIn(planner.state.peek().language);
  const say = (text: string) => planner.dispatch({ is: 'said', text });
  const today = () => todayIn(regionOf(planner.state.peek())?.settings?.time_zone);

  const failed = (doing: Doing, cause: unknown) =>
    dispatch({ is: 'failed', doing, fault: faultFor(desk, cause) });

  /** Asks for something of the region; an answer that comes when one looks at another is dropped. */
  async function look<T>(
    what: Doing['what'],
    asked: (where: string) => Promise<T>,
    came: (answer: T) => void,
  ) {
    const where = region();
    if (where === '') return;
    try {
      const answer = await asked(where);
      if (where === region()) came(answer);
    } catch (cause) {
      if (where === region()) failed({ what, about: null }, cause);
    }
  }

  /** Does one thing at a time; says whether it was done. */
  async function run(doing: Doing, work: (where: string) => Promise<void>): Promise<boolean> {
    if (now().doing !== null) return false;
    const where = region();
    dispatch({ is: 'begun', doing });
    try {
      await work(where);
      dispatch({ is: 'done' });
      return true;
    } catch (cause) {
      failed(doing, cause);
      return false;
    }
  }

  const lookAtPeople = () =>
    look('people', api.volunteers, (people) => dispatch({ is: 'peopleCame', people }));
  const lookAtWeek = () =>
    look(
      'week',
      (where) => api.evenings(where, now().monday, DAYS),
      (evenings) => dispatch({ is: 'eveningsCame', evenings }),
    );

  async function lookAtSeen(): Promise<void> {
    const day = now().evening;
    await look(
      'seen',
      async (where) => {
        const seen = await api.seen(where, day);
        const { plan } = now();
        if (seen.patrol === null || plan?.plan.day === day) return { seen, plan };
        // What the stretches are called; without it they have their numbers.
        return { seen, plan: await patrols.publishedOn(where, day).catch(() => null) };
      },
      ({ seen, plan }) => {
        if (day === now().evening) dispatch({ is: 'seenCame', seen, plan });
      },
    );
  }

  const lookAtHistory = () => {
    const { weeks } = now();
    return look(
      'often',
      (where) => api.history(where, weeks),
      (history) => {
        if (weeks === now().weeks) dispatch({ is: 'historyCame', history });
      },
    );
  };

  async function refresh(): Promise<void> {
    const { tab } = now();
    if (tab === 'tonight') await lookAtSeen();
    else if (tab === 'often') await lookAtHistory();
    else await Promise.all([lookAtPeople(), tab === 'week' ? lookAtWeek() : null]);
  }

  /** Keeps one evening, unless somebody else was faster: then what they have made of it is shown. */
  async function keep(where: string, day: string, published: boolean): Promise<boolean> {
    const seen = now().kept[day];
    if (seen === undefined) return false;
    const teams = teamsOn(now(), day);
    try {
      const evening = await api.keep(where, { day, teams, published, validator: seen.validator });
      dispatch({ is: 'kept', evening });
      return true;
    } catch (cause) {
      if (!isOf(cause, 412)) throw cause;
    }
    const [theirs] = await api.evenings(where, day, 1);
    if (theirs === undefined) return false;
    // Whoever was faster with the very same has done it for both.
    const isSame = theirs.published === published && areSame(theirs.teams, teams);
    if (isSame) dispatch({ is: 'kept', evening: theirs });
    else dispatch({ is: 'conflicted', day, conflict: { theirs, published } });
    return isSame;
  }

  const isPublished = (day: string) => now().kept[day]?.published ?? false;

  /** Keeps evenings one after the other; says what was done if all of it was. */
  async function keepAll(days: readonly string[], wanted: (day: string) => boolean, done: () => string) {
    let n_kept = 0;
    for (const day of days) {
      const isDone = await run({ what: 'save', about: day }, async (where) => {
        if (await keep(where, day, wanted(day))) n_kept += 1;
      });
      // What is wrong is said at that evening; the others wait.
      if (!isDone) return false;
    }
    if (n_kept === days.length && n_kept > 0) say(done());
    return n_kept === days.length;
  }

  const dayText = (day: string) => words().date(day);
  const publish = (day: string, published: boolean) =>
    keepAll(
      [day],
      () => published,
      () => words()(published ? 'deskRosterPublishedNow' : 'deskRosterHiddenNow', { day: dayText(day) }),
    );
  const saveAll = () => {
    const days = dirtyDays(now());
    return keepAll(days, isPublished, () => words()('deskRosterSavedNow', { n: days.length }));
  };

  async function propose(): Promise<void> {
    const { monday, wanted } = now();
    // Evenings that are over stay as they were.
    const days = weekOf(monday).filter((day) => day >= today());
    const [from] = days;
    if (from === undefined) return;
    await run({ what: 'propose', about: null }, async (where) => {
      const proposal = await api.propose(where, { from, days: days.length, ...wanted });
      const isOther = proposal.evenings.some((one) => now().kept[one.day]?.validator !== one.validator);
      if (isOther) dispatch({ is: 'eveningsCame', evenings: await api.evenings(where, monday, DAYS) });
      if (monday === now().monday) dispatch({ is: 'proposed', proposal, wanted });
    });
  }

  /** Says anew who somebody is; where somebody else was faster, the list is asked for again before anything is done. */
  function edit(seen: Volunteer, edit: VolunteerEdit, said: () => string): Promise<boolean> {
    return run({ what: 'person', about: String(seen.id) }, async (where) => {
      try {
        dispatch({ is: 'personCame', person: await api.edit(where, seen, edit) });
      } catch (cause) {
        if (isOf(cause, 412) || isOf(cause, 404)) {
          dispatch({ is: 'peopleCame', people: await api.volunteers(where) });
        }
        throw cause;
      }
      say(said());
    });
  }
  const inState = (one: Volunteer, state: Volunteer['state']): VolunteerEdit => ({
    who: state === 'left' ? { ...one.who, phone: null } : one.who,
    account: state === 'left' ? null : one.account,
    state,
  });

  return {
    pick: (tab: Tab) => {
      dispatch({ is: 'tabPicked', tab });
      return refresh();
    },
    refresh,
    today,
    addPerson: (edit: VolunteerEdit) =>
      run({ what: 'person', about: null }, async (where) => {
        dispatch({ is: 'personCame', person: await api.add(where, edit) });
        say(words()('deskPersonAdded', { name: edit.who.name }));
      }),
    editPerson: (seen: Volunteer, said: VolunteerEdit) =>
      edit(seen, said, () => words()('deskSaved', { name: said.who.name })),
    accept: (one: Volunteer) =>
      edit(one, inState(one, 'active'), () => words()('deskPersonAdded', { name: one.who.name })),
    /** Takes somebody off the list, or declines who has applied. */
    letGo: (one: Volunteer) =>
      edit(one, inState(one, 'left'), () => words()('deskPersonLeftNow', { name: one.who.name })),
    invite: (volunteer: number | null) =>
      run({ what: 'invite', about: volunteer === null ? null : String(volunteer) }, async (where) => {
        const whose = volunteer === null ? {} : { volunteer };
        const { token } = await register.invite({ role: 'volunteer', region: where, ...whose });
        dispatch({ is: 'linkMade', link: { url: `${location.origin}/v#invitation=${token}`, volunteer } });
      }),
    closeLink: () => dispatch({ is: 'linkMade', link: null }),

    toWeek: (day: string) => {
      dispatch({ is: 'weekPicked', monday: day });
      return lookAtWeek();
    },
    wish: (wanted: Partial<Wanted>) => dispatch({ is: 'wished', wanted }),
    propose,
    /** A proposal heeds what is kept: what is locked here counts once it is saved. */
    saveAndPropose: async () => {
      if (await saveAll()) await propose();
    },
    choose: (spot: Spot | null) => dispatch({ is: 'chosen', spot }),
    move: (spot: Spot, day: string, team: number) => dispatch({ is: 'moved', spot, day, team }),
    swap: (spot: Spot, other: Spot) => dispatch({ is: 'swapped', spot, other }),
    remove: (spot: Spot) => dispatch({ is: 'removed', spot }),
    add: (day: string, team: number, volunteer: number) => dispatch({ is: 'added', day, team, volunteer }),
    lock: (spot: Spot, isLocked: boolean) => dispatch({ is: 'lockSet', spot, isLocked }),
    nameTeam: (day: string, team: number, name: string) => dispatch({ is: 'teamNamed', day, team, name }),
    addTeam: (day: string) => dispatch({ is: 'teamAdded', day }),
    dropTeam: (day: string, team: number) => dispatch({ is: 'teamDropped', day, team }),
    back: () => dispatch({ is: 'wentBack' }),
    on: () => dispatch({ is: 'wentOn' }),
    save: (day: string) =>
      keepAll(
        [day],
        () => isPublished(day),
        () => words()('deskSaved', { name: dayText(day) }),
      ),
    saveAll,
    publish,
    publishAll: (days: readonly string[]) =>
      keepAll(
        days,
        () => true,
        () => words()('deskRosterPublishedAll', { n: days.length }),
      ),
    /** Writes one's own over theirs, which was shown. */
    keepMine: async (day: string) => {
      const conflict = now().conflicts[day];
      if (conflict === undefined) return;
      dispatch({ is: 'settled', day, isMine: true });
      await run({ what: 'save', about: day }, async (where) => {
        if (await keep(where, day, conflict.published)) say(words()('deskSaved', { name: dayText(day) }));
      });
    },
    takeTheirs: (day: string) => dispatch({ is: 'settled', day, isMine: false }),

    toEvening: (day: string) => {
      dispatch({ is: 'eveningPicked', day });
      return lookAtSeen();
    },
    lookBack: (weeks: number) => {
      dispatch({ is: 'weeksPicked', weeks });
      return lookAtHistory();
    },

    /** Follows the page from now on; returns how to stop. */
    watch(): () => void {
      const where = computed(() => planner.state.value.region);
      const isIn = computed(() => desk.state.value.account !== null);
      const isLookedAt = computed(() => isIn.value && desk.state.value.view === 'roster');
      const isTonight = computed(() => isLookedAt.value && roster.state.value.tab === 'tonight');
      let last = where.peek();
      const stops = [
        effect(() => {
          const isElsewhere = where.value !== last || !isIn.value;
          last = where.value;
          if (!isElsewhere) return;
          untracked(() => {
            dispatch({ is: 'left', today: today() });
            if (isLookedAt.peek()) void refresh();
          });
        }),
        // While one looks, teams hand in what they see.
        effect(() => {
          const region = where.value;
          if (!isTonight.value || region === null) return;
          return untracked(() => api.listen(region, () => void lookAtSeen()));
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
