// A week of evenings: proposed, changed by hand, kept and published; below one another, or side by side where there is room.
import { useState } from 'preact/hooks';
import { Modal } from '../../../panels/Modal.tsx';
import { Skeleton } from '../../../panels/parts.tsx';
import { useWords } from '../../../panels/planner.ts';
import { later, mondayOf, weekOf } from '../../roster/days.ts';
import { dirtyDays, isDirty, MOST_MEMBERS, MOST_TEAMS, teamsOn } from '../../roster/state.ts';
import { Confirm } from '../asked.tsx';
import { Field } from '../parts.tsx';
import { useRoster, useRosterPart } from './context.ts';
import { EveningCard } from './EveningCard.tsx';
import { Fairness } from './Fairness.tsx';
import { RosterWrong } from './parts.tsx';
import { dayName, weekText } from './texts.ts';

export function Week() {
  const t = useWords();
  const [isWide, setWide] = useState(false);
  if (isWide) {
    return (
      <Modal heading={t('deskRosterTab_week')} class="dialog is-roster" onClose={() => setWide(false)}>
        <Evenings />
      </Modal>
    );
  }
  return (
    <>
      <button type="button" class="button roster-widen" onClick={() => setWide(true)}>
        {t('deskRosterWiden')}
      </button>
      <Evenings />
    </>
  );
}

function Evenings() {
  const t = useWords();
  const can = useRoster();
  const monday = useRosterPart((s) => s.monday);
  const isThere = useRosterPart((s) => s.kept[monday] !== undefined && s.people !== null);
  const n_active = useRosterPart((s) => s.people?.filter(({ state }) => state === 'active').length ?? 0);
  const hasFailed = useRosterPart((s) => s.fault?.what === 'week' || s.fault?.what === 'people');
  const days = weekOf(monday);
  const today = can.today();
  return (
    <div class="roster roster-body">
      <div class="roster-when">
        <h2>{weekText(t, days)}</h2>
        <span class="desk-do">
          <button type="button" class="button" onClick={() => void can.toWeek(later(monday, -7))}>
            <span aria-hidden="true">‹</span> {t('deskRosterBefore')}
          </button>
          <button
            type="button"
            class="button"
            disabled={monday === mondayOf(today)}
            onClick={() => void can.toWeek(today)}
          >
            {t('deskRosterThisWeek')}
          </button>
          <button type="button" class="button" onClick={() => void can.toWeek(later(monday, 7))}>
            {t('deskRosterAfter')} <span aria-hidden="true">›</span>
          </button>
        </span>
      </div>
      <RosterWrong what={['week', 'people']} />
      {!isThere && !hasFailed && <Skeleton rows={6} doing="page" />}
      {isThere && n_active === 0 && (
        <div class="note">
          <p>{t('deskRosterNobodyYet')}</p>
          <button type="button" class="button is-main" onClick={() => void can.pick('people')}>
            {t('deskRosterToPeople')}
          </button>
        </div>
      )}
      {isThere && (
        <>
          <Propose />
          <Fairness />
          <Bar days={days} today={today} />
          <ol class="roster-days">
            {days.map((day) => (
              <EveningCard key={day} day={day} days={days} today={today} />
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function Propose() {
  const t = useWords();
  const can = useRoster();
  const wanted = useRosterPart((s) => s.wanted);
  const doing = useRosterPart((s) => s.doing);
  const isOver = useRosterPart((s) => later(s.monday, 6) < can.today());
  const isUnsaved = useRosterPart((s) => weekOf(s.monday).some((day) => isDirty(s, day)));
  const [isAsked, ask] = useState(false);
  const number = (what: 'teams' | 'members', most: number) => (
    <Field label={t(`deskRosterWanted_${what}`)}>
      <input
        type="number"
        required
        min={1}
        max={most}
        value={wanted[what]}
        onChange={(e) => {
          const n = e.currentTarget.valueAsNumber;
          if (!Number.isNaN(n)) can.wish({ [what]: n });
        }}
      />
    </Field>
  );
  return (
    <form
      class="roster-wish"
      aria-label={t('deskRosterPropose')}
      onSubmit={(e) => {
        e.preventDefault();
        if (isUnsaved) ask(true);
        else void can.propose();
      }}
    >
      {number('teams', MOST_TEAMS)}
      {number('members', MOST_MEMBERS)}
      <button type="submit" class="button is-main" disabled={doing !== null || isOver || isAsked}>
        {t(doing?.what === 'propose' ? 'deskRosterProposing' : 'deskRosterPropose')}
      </button>
      {isAsked && isUnsaved ? (
        <div class="note roster-ask" role="status">
          <p>{t('deskRosterFromKept')}</p>
          <span class="desk-do">
            <button
              type="button"
              class="button is-main"
              onClick={() => {
                ask(false);
                void can.saveAndPropose();
              }}
            >
              {t('deskRosterSaveFirst')}
            </button>
            <button
              type="button"
              class="button"
              onClick={() => {
                ask(false);
                void can.propose();
              }}
            >
              {t('deskRosterAnyway')}
            </button>
            <button type="button" class="button" onClick={() => ask(false)}>
              {t('deskCancel')}
            </button>
          </span>
        </div>
      ) : (
        <p class="hint">{t(isOver ? 'deskRosterIsOver' : 'deskRosterProposeHint')}</p>
      )}
      <RosterWrong what={['propose']} />
    </form>
  );
}

/** What holds for the whole week: going back, what is not kept, publishing. */
function Bar({ days, today }: { days: readonly string[]; today: string }) {
  const t = useWords();
  const can = useRoster();
  const isBusy = useRosterPart((s) => s.doing !== null);
  const [hasPast, hasFuture] = [
    useRosterPart((s) => s.past.length > 0),
    useRosterPart((s) => s.future.length > 0),
  ];
  const unsaved = useRosterPart((s) => dirtyDays(s).join(' '))
    .split(' ')
    .filter(Boolean);
  const elsewhere = unsaved.filter((day) => !days.includes(day));
  const open = useRosterPart((s) =>
    days
      .filter((day) => day >= today && teamsOn(s, day).some(({ members }) => members.length > 0))
      .filter((day) => !s.kept[day]?.published || isDirty(s, day))
      .join(' '),
  )
    .split(' ')
    .filter(Boolean);
  const [isAsked, ask] = useState(false);
  return (
    <div class="roster-bar">
      <span class="desk-do">
        <button type="button" class="button" disabled={!hasPast} onClick={can.back}>
          {t('deskRosterBack')}
        </button>
        <button type="button" class="button" disabled={!hasFuture} onClick={can.on}>
          {t('deskRosterOn')}
        </button>
        <button
          type="button"
          class={unsaved.length > 0 ? 'button is-main' : 'button'}
          disabled={isBusy || unsaved.length === 0}
          onClick={() => void can.saveAll()}
        >
          {t('deskRosterSaveAll')}
        </button>
        <button
          type="button"
          class="button"
          disabled={isBusy || open.length === 0 || isAsked}
          onClick={() => ask(true)}
        >
          {t('deskRosterPublishAll')}
        </button>
      </span>
      <p class={unsaved.length > 0 ? 'roster-unsaved' : 'hint'} role="status">
        {unsaved.length > 0
          ? t('deskRosterUnsaved', { days: unsaved.map((day) => dayName(t, day)).join(' · ') })
          : t('deskRosterAllSaved')}
      </p>
      {elsewhere.length > 0 && (
        <button type="button" class="link" onClick={() => void can.toWeek(elsewhere[0] ?? today)}>
          {t('deskRosterElsewhere', { n: elsewhere.length })}
        </button>
      )}
      {isAsked && open.length > 0 && (
        <Confirm
          means={t('deskRosterPublishAsk', { n: open.length })}
          does={t('deskRosterPublish')}
          act={() => {
            ask(false);
            void can.publishAll(open);
          }}
          cancel={() => ask(false)}
        />
      )}
      <RosterWrong what={['save']} />
    </div>
  );
}
