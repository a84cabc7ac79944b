// What the search for the next places does of its own accord: asks when the wish changes, follows the job, and has the
// page's own evaluation tell what a moved piece costs. Late answers are dropped by their number.
import { computed, effect, untracked } from '@preact/signals';
import { type Api, service } from '../../../shared/api.ts';
import type { LonLat } from '../../../shared/contract.ts';
import { type Placement, type PlacementApi, placementApi, type Site } from '../../../shared/placement.ts';
import { loadWords, nameIn, wordsIn } from '../../../shared/words.ts';
import { evaluationOf } from '../../answers.ts';
import { changes, LETTERS } from '../../scenario.ts';
import { questionOf, regionOf } from '../../state.ts';
import type { Hands } from '../effects.ts';
import { faultFor, searches } from '../following/effects.ts';
import { type PartStore, picking, pickOn } from '../opened.ts';
import { accept, takenUp } from './accepting.ts';
import { asProposed, movedOnes } from './answers.ts';
import { wrongIn } from './kinds.ts';
import { moversOf } from './movers.ts';
import {
  type Kept,
  type PlacingEvent,
  type PlacingState,
  requestOf,
  type Stretch,
  type Wish,
} from './state.ts';

const CALM_MS = 300;

export type PlacingStore = PartStore<PlacingState, PlacingEvent>;
export type PlacingDeeds = ReturnType<typeof placingDeeds>;

export function placingDeeds(
  placing: PlacingStore,
  { desk, planner, region }: Pick<Hands, 'desk' | 'planner' | 'region'>,
  api: PlacementApi = placementApi,
  evaluate: Api['evaluate'] = service.evaluate,
) {
  const { dispatch } = placing;
  const now = () => placing.state.peek();
  const words = () => wordsIn(planner.state.peek().language);
  const scenario = () => planner.state.peek().scenario;
  const equipment = () => planner.state.peek().equipment.value ?? [];

  let search = 0;

  const finder = searches(api, {
    isWanted: (number) => number === now().search,
    came: (number, job) => dispatch({ is: 'jobCame', search: number, job }),
    failed: (number, cause) => dispatch({ is: 'searchFailed', search: number, fault: faultFor(desk, cause) }),
  });

  const isWrong = () => wrongIn(now().wish, planner.state.peek().kinds) !== null;

  async function begin(): Promise<void> {
    // The form says what is wrong; what was found before stays until that is put right.
    if (isWrong()) return;
    search = Math.max(search, now().search) + 1;
    const number = search;
    const where = region();
    finder.drop();
    dispatch({ is: 'searchBegun', search: number });
    await finder.begin(number, where, requestOf(now(), planner.state.peek()));
  }

  function save(text: string, type: string, name: string): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function acceptSites(sites: readonly Site[]): void {
    const result = now().shown?.result;
    const done = accept(scenario(), sites, result && moversOf(result, equipment()));
    // First what they are, then that they are there: what is not accepted and not there is forgotten.
    planner.dispatch({ is: 'retried', scenario: done.scenario });
    dispatch({ is: 'accepted', accepted: done.accepted });
    if (done.accepted.length < sites.length) {
      planner.dispatch({ is: 'said', text: words()('whatIfFull', { n: LETTERS.length }) });
    }
  }

  const asked = computed(() => {
    const state = placing.state.value;
    if (state.asked === 0) return null;
    const { region: where } = planner.state.value;
    // Asked for again by the button it is another question, also when it says the same; a what-if that moves makes none.
    const { keeps, required } = state.wish;
    const request = { ...requestOf(state, planner.state.value), required: [keeps, ...required] };
    return JSON.stringify([state.asked, where, request]);
  });

  return {
    wish: (wish: Partial<Wish>) => dispatch({ is: 'wished', wish }),
    require: (at: LonLat) => dispatch({ is: 'required', at }),
    forbid: (stretch: Stretch) => {
      const gaps = planner.state.peek().gaps.value?.features ?? [];
      const along = gaps.filter(({ properties }) => properties.bank === stretch.bank);
      dispatch({ is: 'forbidden', stretch: { ...stretch, along } });
    },
    /** From now on a tap on the map says where a piece must stand; or no longer. */
    pick: (picks: boolean) => {
      if (!picks && !now().picks) return;
      pickOn(planner, picks);
      dispatch({ is: 'picking', picks });
    },
    /** What each piece that is moved leaves uncovered, one after the other, before anything new stands; meters. */
    losses: async ({ moved, limit_m, kinds }: Placement): Promise<readonly number[]> => {
      const question = { region: region(), limit_m, kinds, any_condition: false };
      const losses: number[] = [];
      let covered_m: number | null = null;
      for (let n = 1; n <= moved.length; n += 1) {
        const removed = moved.slice(0, n).map((id) => ({ remove: { id } }));
        const { before, after } = await evaluate(question, removed);
        losses.push((covered_m ?? before.covered_m) - after.covered_m);
        covered_m = after.covered_m;
      }
      return losses;
    },
    propose: () => {
      if (!isWrong()) dispatch({ is: 'askedFor' });
    },
    /** Ends the search; what is best so far is taken. */
    stop: () => finder.stop(now().search),
    accept: acceptSites,
    keep: (name: string) => {
      const state = planner.state.peek();
      const evaluation = evaluationOf(state);
      if (evaluation === null) return;
      const { before, after, limit_m } = evaluation;
      const kept: Kept = {
        name,
        whatIfs: state.scenario.whatIfs,
        accepted: now().accepted,
        limit_m,
        bank_m: after.bank_m,
        before_m: before.covered_m,
        after_m: after.covered_m,
      };
      dispatch({ is: 'keptAs', kept });
    },
    takeUp: (kept: Kept) => {
      planner.dispatch({ is: 'retried', scenario: takenUp(scenario(), kept.whatIfs) });
      dispatch({ is: 'takenUp', kept });
    },
    forget: (name: string) => dispatch({ is: 'forgotten', name }),
    download: async (what: 'csv' | 'gpx') => {
      const { language } = planner.state.peek();
      let files: typeof import('./files.ts');
      try {
        [files] = await Promise.all([import('./files.ts'), loadWords(language, 'work')]);
      } catch {
        planner.dispatch({ is: 'said', text: words()('deskNotFetched') });
        return;
      }
      const t = words();
      const here = regionOf(planner.state.peek());
      const tasks = files.tasksOf(now(), scenario().whatIfs, equipment());
      const name = `zhugan-${region()}-work-list.${what}`;
      if (what === 'csv') {
        save(files.tasksCsv(tasks, t), 'text/csv', name);
        return;
      }
      const from = [here?.attribution, here?.illustrative ? t('illustrative') : null];
      const title = t('deskSiteListOf', { region: here === null ? '' : nameIn(t.language, here.name) });
      save(files.tasksGpx(tasks, t, title, from.filter(Boolean).join(' ')), 'application/gpx+xml', name);
    },

    /** Follows the page from now on; returns how to stop. */
    watch(): () => void {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let round = 0;
      const where = computed(() => planner.state.value.region);
      const isIn = computed(() => desk.state.value.account !== null);
      const whatIfs = computed(() => planner.state.value.scenario.whatIfs);
      let last = where.peek();
      const stops = [
        effect(() => {
          const isElsewhere = where.value !== last || !isIn.value;
          last = where.value;
          const { asked, kept, wish } = now();
          if (!isElsewhere || asked + kept.length + wish.required.length + wish.forbidden.length === 0)
            return;
          finder.drop();
          dispatch({ is: 'left' });
        }),
        effect(() => {
          const wanted = asked.value;
          clearTimeout(timer);
          if (wanted === null) {
            round = 0;
            return;
          }
          const isAnew = now().asked !== round;
          round = now().asked;
          if (isAnew) untracked(() => void begin());
          else timer = setTimeout(() => void begin(), CALM_MS);
        }),
        effect(() => dispatch({ is: 'whatIfsAre', whatIfs: whatIfs.value })),
        picking(
          planner,
          () => placing.state.value.picks,
          (at) => dispatch({ is: 'required', at }),
          () => dispatch({ is: 'picking', picks: false }),
        ),
        comparing(),
      ];
      return () => {
        clearTimeout(timer);
        for (const stop of stops) stop();
      };
    },
  };

  /** While an accepted piece stands elsewhere, asks once what it would cover where it was proposed. */
  function comparing(): () => void {
    const wanted = computed(() => referenceKey(placing.state.value, planner.state.value));
    return effect(() => {
      const key = wanted.value;
      if (key === null || now().proposedCovered?.key === key) return;
      void compare(key);
    });
  }

  async function compare(key: string): Promise<void> {
    const state = planner.state.peek();
    const { limit_m, kinds, any_condition } = state;
    const { whatIfs } = state.scenario;
    try {
      const question = { region: region(), limit_m, kinds, any_condition };
      const answer = await evaluate(question, changes(asProposed(now().accepted, whatIfs)));
      dispatch({ is: 'proposedCovers', key, covered_m: answer.after.covered_m });
    } catch {
      // The page's own evaluation says what is wrong; without this answer no loss is shown.
    }
  }
}

/** What the proposal is held against; `null` while nothing is moved. */
export function referenceKey(
  placing: PlacingState,
  planner: Parameters<typeof questionOf>[0],
): string | null {
  const { accepted } = placing;
  const { whatIfs } = planner.scenario;
  if (movedOnes(accepted, whatIfs).length === 0) return null;
  const version = regionOf(planner)?.version;
  return `${questionOf(planner)}|${version}|${JSON.stringify(changes(asProposed(accepted, whatIfs)))}`;
}
