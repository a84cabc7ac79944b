// The three lists of the panel as tabs; a chosen thing's card takes their place until one goes back.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Key, loadWords } from '../../shared/words.ts';
import type { State, Tab } from '../state.ts';
import type { Desk } from './desk.ts';
import { GapsList } from './GapsList.tsx';
import { Skeleton } from './parts.tsx';
import { useDesk, usePart, usePlanner, useWords } from './planner.ts';
import { VillagesTable } from './VillagesTable.tsx';

const TABS: readonly [Tab, Key][] = [
  ['villages', 'tabVillages'],
  ['gaps', 'tabGaps'],
  ['whatIfs', 'tabWhatIfs'],
  ['desk', 'tabDesk'],
];

/** A what-if pole is shown in its list; all else that is chosen has a card of its own, as has a piece being edited. */
export function showsCard({ selection, marked }: State): boolean {
  return marked !== null || (selection !== null && selection.what !== 'whatIf');
}

export function Lists() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const hasCard = usePart(showsCard);
  const isEditing = usePart((s) => s.marked !== null);
  const desk = useDesk();
  const tabs = TABS.filter(([one]) => one !== 'desk' || desk?.canPlan.value);
  const tab = usePart((s) => (tabs.some(([one]) => one === s.tab) ? s.tab : 'villages'));
  const counts = usePart((s) => s.coverage.value?.rows.length ?? null);
  const n_gaps = usePart((s) => s.gaps.value?.total ?? null);
  const n_tried = usePart((s) => s.scenario.whatIfs.length);
  const numbers: Record<Tab, number | null> = {
    villages: counts,
    gaps: n_gaps,
    whatIfs: n_tried === 0 ? null : n_tried,
    desk: null,
  };
  const cards = useCards();
  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const index = tabs.findIndex(([one]) => one === tab);
    const other = tabs[(index + by + tabs.length) % tabs.length]?.[0];
    if (other === undefined) return;
    dispatch({ is: 'tabPicked', tab: other });
    document.getElementById(`tab-${other}`)?.focus();
  };
  if (hasCard) {
    return (
      <section class="lists" id="lists" tabIndex={-1} aria-label={t('lists')}>
        <CardOf isEditing={isEditing} desk={desk} cards={cards} />
      </section>
    );
  }
  return (
    <section class="lists" id="lists" tabIndex={-1} aria-label={t('lists')}>
      <div class="tabs" role="tablist" aria-label={t('lists')} onKeyDown={step}>
        {tabs.map(([one, word]) => (
          <button
            key={one}
            id={`tab-${one}`}
            type="button"
            role="tab"
            aria-selected={tab === one}
            aria-controls="list"
            tabIndex={tab === one ? 0 : -1}
            onClick={() => dispatch({ is: 'tabPicked', tab: one })}
          >
            {t(word)}
            {numbers[one] !== null && <span class="count">{t.count(numbers[one])}</span>}
          </button>
        ))}
      </div>
      <div class="list" id="list" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'villages' && <VillagesTable />}
        {tab === 'gaps' && <GapsList />}
        {tab === 'whatIfs' && cards !== null && <cards.WhatIfList />}
        {tab === 'desk' && desk !== null && <desk.Register />}
      </div>
    </section>
  );
}

interface Cards {
  readonly Card: ComponentType;
  readonly WhatIfList: ComponentType;
}

function CardOf({ isEditing, desk, cards }: { isEditing: boolean; desk: Desk | null; cards: Cards | null }) {
  if (isEditing && desk !== null) return <desk.Draft />;
  return cards === null ? <Skeleton rows={4} doing="page" /> : <cards.Card />;
}

/** The cards are not there at first sight: they come right after it. */
function useCards(): Cards | null {
  const [cards, setCards] = useState<Cards | null>(null);
  const { language } = useWords();
  useEffect(() => {
    Promise.all([import('./cards.tsx'), loadWords(language, 'later')]).then(
      ([come]) => setCards(come),
      () => {},
    );
  }, []);
  return cards;
}
