// The evening as it is wished: when, for how long, what makes it good, and who walks from where.
import { placeFromText, placeText } from '../../../../shared/places.ts';
import { PlaceField } from '../../../panels/PlaceField.tsx';
import { Icon } from '../../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../../panels/planner.ts';
import { regionOf } from '../../../state.ts';
import { MINUTES, MOST_SPOTS } from '../../patrols/state.ts';
import { Field } from '../parts.tsx';
import { usePatrol, usePatrols } from './context.ts';
import { TeamForm } from './TeamForm.tsx';

const FORM = 'patrol-wish';

export function EveningForm() {
  const t = useWords();
  const can = usePatrols();
  const wish = usePatrol((s) => s.wish);
  const isStarting = usePatrol((s) => s.isStarting);
  const hasPlan = usePatrol((s) => s.shown !== null);
  return (
    <div class="patrols-wish">
      <p class="hint">{t('deskPatrolIntro')}</p>
      <form
        id={FORM}
        class="patrols-wish"
        aria-label={t('deskView_patrols')}
        onSubmit={(e) => {
          e.preventDefault();
          void can.plan(hasPlan);
        }}
      >
        <div class="patrols-when">
          <Field label={t('deskPatrolDay')}>
            <input
              type="date"
              required
              value={wish.day}
              onChange={(e) => e.currentTarget.value !== '' && can.wish({ day: e.currentTarget.value })}
            />
          </Field>
          <Field label={t('deskPatrolBegins')}>
            <input
              type="time"
              required
              value={wish.begins}
              onChange={(e) => e.currentTarget.value !== '' && can.wish({ begins: e.currentTarget.value })}
            />
          </Field>
          <Field label={t('deskPatrolMinutes')}>
            <input
              type="number"
              required
              min={MINUTES.least}
              max={MINUTES.most}
              value={wish.minutes}
              onChange={(e) => {
                const minutes = e.currentTarget.valueAsNumber;
                if (!Number.isNaN(minutes)) can.wish({ minutes });
              }}
            />
          </Field>
        </div>
        <fieldset class="segments is-many">
          <legend class="visually-hidden">{t('deskPatrolGoal')}</legend>
          {(['balanced', 'fewest', 'most'] as const).map((goal) => (
            <button
              key={goal}
              type="button"
              aria-pressed={wish.goal === goal}
              onClick={() => can.wish({ goal })}
            >
              {t(`deskPatrolGoal_${goal}`)}
            </button>
          ))}
        </fieldset>
        <p class="hint">{t(`deskPatrolGoalHint_${wish.goal}`)}</p>
      </form>
      {/* Apart from the form, since they have forms of their own. */}
      <TeamForm />
      <HotSpots />
      <label class="check">
        <input
          type="checkbox"
          checked={wish.inspect}
          onChange={(e) => can.wish({ inspect: e.currentTarget.checked })}
        />
        <span>{t('deskPatrolInspect')}</span>
      </label>
      <button type="submit" form={FORM} class="button is-main is-full" disabled={isStarting}>
        {t(hasPlan ? 'deskPatrolAgain' : 'deskPatrolPlan')}
      </button>
      {hasPlan && (
        <>
          <p class="hint">{t('deskPatrolAgainHint')}</p>
          <button
            type="button"
            class="button is-full"
            disabled={isStarting}
            onClick={() => void can.plan(false)}
          >
            {t('deskPatrolAnew')}
          </button>
        </>
      )}
    </div>
  );
}

/** Where teams linger. */
function HotSpots() {
  const t = useWords();
  const { deeds } = usePlanner();
  const can = usePatrols();
  const spots = usePatrol((s) => s.wish.hotSpots);
  const picks = usePatrol((s) => s.picks?.what === 'hotSpot');
  const hasMap = usePart((s) => s.map === 'there');
  const area = usePart((s) => regionOf(s)?.bounds ?? null);
  return (
    <details class="patrols-more">
      <summary>{t('deskPatrolSpots', { n: spots.length })}</summary>
      <div class="patrols-wish">
        <p class="hint">{t('deskPatrolSpotsHint')}</p>
        {hasMap && (
          <button
            type="button"
            class="button"
            aria-pressed={picks}
            disabled={spots.length === MOST_SPOTS}
            onClick={() => {
              can.pick(picks ? null : { what: 'hotSpot' });
              if (!picks) deeds.focusMap();
            }}
          >
            <Icon name="pin" /> {t('deskPatrolSpotPick')}
          </button>
        )}
        <PlaceField
          label={t('deskPatrolPlace')}
          action={t('deskPatrolAdd')}
          start=""
          read={(text) => placeFromText(text, area)}
          give={can.addHotSpot}
        />
        <ul class="desk-rows">
          {spots.map((at) => (
            <li key={placeText(at)}>
              <span>{placeText(at)}</span>
              <button
                type="button"
                class="button is-small"
                aria-label={t('deskPatrolSpotDrop', { place: placeText(at) })}
                onClick={() => can.wish({ hotSpots: spots.filter((one) => one !== at) })}
              >
                {t('deskPatrolDrop')}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
