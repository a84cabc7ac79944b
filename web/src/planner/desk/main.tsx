// Opens the register's part of the page: fetched when somebody signs in or is signed in already.
import './style/desk.css';
import './style/lists.css';
import { computed, effect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { holds } from '../../shared/accounts.ts';
import { register } from '../../shared/register.ts';
import { wordsIn } from '../../shared/words.ts';
import type { Desk } from '../panels/desk.ts';
import { regionOf } from '../state.ts';
import type { Store } from '../store.ts';
import { listenForFiles } from './bringing/drop.ts';
import { deedsOf } from './effects.ts';
import { AccountMenu } from './panels/AccountMenu.tsx';
import { CrossingTools, PieceTools, PlaceTools } from './panels/CardTools.tsx';
import { type AtDesk, DeskContext, useDeskPart } from './panels/context.ts';
import { Dialogs } from './panels/Dialogs.tsx';
import { DraftForm } from './panels/DraftForm.tsx';
import { PointForm } from './panels/PointForm.tsx';
import { faultText } from './panels/parts.tsx';
import { Register } from './panels/Register.tsx';
import type { Step } from './state.ts';
import { deskStore } from './store.ts';

/** Why it is opened: somebody wants to sign in, was invited, or is signed in already. */
export type Occasion =
  | { readonly what: 'signIn' }
  | { readonly what: 'invitation'; readonly token: string }
  /** They have come back from the provider, which did not let them in: by the name of the problem. */
  | { readonly what: 'refused'; readonly problem: string }
  | { readonly what: 'session' };

export interface OpenedDesk extends Desk {
  come(occasion: Occasion): void;
}

/** The form of what is being edited. */
function Draft() {
  return useDeskPart((s) => s.point !== null) ? <PointForm /> : <DraftForm />;
}

export function openDesk(planner: Store): OpenedDesk {
  const words = () => wordsIn(planner.state.peek().language);
  const say = (text: string) => planner.dispatch({ is: 'said', text });
  const store = deskStore();
  const deeds = deedsOf(store, planner, register, {
    saved: (name) => say(words()('deskSaved', { name })),
    retired: (name) => say(words()('deskRetired', { name })),
    crossingIs(name, state, isMine) {
      const word = state === 'open' ? 'deskIsOpen' : 'deskIsClosed';
      say(words()(isMine ? word : 'deskAlready', { name }));
    },
    undone: () => say(words()('deskUndone')),
    imported: (n) => say(words()('deskImported', { n })),
    struck: (name) => say(words()('deskStruck', { name })),
    failed: (fault) => say(faultText(words(), fault)),
    passwordSet: () => say(words()('deskPasswordSet')),
    decided: (state) => say(words()(state === 'confirmed' ? 'deskConfirmed' : 'deskRejected')),
  });
  const desk: AtDesk = { store, deeds };

  const inside =
    <P extends object>(Panel: ComponentType<P>): ComponentType<P> =>
    (props: P) => (
      <DeskContext.Provider value={desk}>
        <Panel {...props} />
      </DeskContext.Provider>
    );

  const canPlan = computed(() => holds(store.state.value.account, 'planner', planner.state.value.region));
  const n_tried = computed(() => planner.state.value.scenario.past.length);
  const language = computed(() => planner.state.value.language);
  /** The text of the step whose turn it is: whatever was done last, on the map's what-ifs or in the register. */
  const turn = (steps: readonly Step[]) => {
    const step = steps.at(-1);
    if (step === undefined || step.since < n_tried.value || !canPlan.value) return null;
    return wordsIn(language.value)(`deskStep_${step.verb}`, { name: step.name });
  };
  const undoing = computed(() => turn(store.state.value.mine));
  const redoing = computed(() => turn(store.state.value.unmade));

  // A draft lives only where it is shown: with its place on the map.
  const hasMark = computed(() => planner.state.value.marked !== null);
  let hadMark = false;
  effect(() => {
    const { draft, point } = store.state.peek();
    if (hadMark && !hasMark.value && (draft ?? point) !== null) store.dispatch({ is: 'draftClosed' });
    hadMark = hasMark.value;
  });

  const hasSketch = computed(() => planner.state.value.sketch !== null);
  effect(() => {
    if (!hasSketch.value && store.state.peek().sketch !== null)
      store.dispatch({ is: 'sketchOpened', sketch: null });
  });

  // Whatever changes in the region may be in what is listed here.
  const version = computed(() => {
    const { n_reported } = planner.state.value;
    return `${regionOf(planner.state.value)?.version} ${n_reported}`;
  });
  let known = version.peek();
  effect(() => {
    const isOther = known !== version.value;
    known = version.value;
    if (isOther) deeds.refresh();
  });
  // In another region, what is listed is another's.
  const region = computed(() => planner.state.value.region);
  effect(() => {
    if (region.value !== null) deeds.refresh();
  });

  listenForFiles({
    canPlan: () => canPlan.peek(),
    bring: (file) => {
      planner.dispatch({ is: 'tabPicked', tab: 'desk' });
      planner.dispatch({ is: 'sheetSet', sheet: 'half' });
      void deeds.bring(file);
    },
    say: () => words()('deskDropHere'),
  });

  return {
    canPlan,
    undoing,
    redoing,
    undo: () => void deeds.undo(),
    redo: () => void deeds.redo(),
    come(occasion) {
      if (occasion.what === 'invitation') void deeds.invited(occasion.token);
      else if (occasion.what === 'session') void deeds.resume();
      else if (occasion.what === 'refused') void deeds.cameBack(occasion.problem);
      else store.dispatch({ is: 'dialogOpened', dialog: { what: 'signIn', has_ended: false } });
    },
    Account: inside(AccountMenu),
    Dialogs: inside(Dialogs),
    Draft: inside(Draft),
    Register: inside(Register),
    PieceTools: inside(PieceTools),
    PlaceTools: inside(PlaceTools),
    CrossingTools: inside(CrossingTools),
  };
}
