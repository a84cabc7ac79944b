// Who walks: a name, where they begin and end, how long they have. What is not said is chosen well.
import type { LonLat } from '../../../../shared/contract.ts';
import { placeFromText, placeText } from '../../../../shared/places.ts';
import { PlaceField } from '../../../panels/PlaceField.tsx';
import { Icon } from '../../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../../panels/planner.ts';
import { regionOf } from '../../../state.ts';
import { lookOf } from '../../patrols/look.ts';
import { MINUTES, MOST_TEAMS, type TeamWish } from '../../patrols/state.ts';
import { Field } from '../parts.tsx';
import { usePatrol, usePatrols } from './context.ts';

export function TeamForm() {
  const t = useWords();
  const can = usePatrols();
  const teams = usePatrol((s) => s.wish.teams);
  return (
    <section class="patrols-teams" aria-label={t('deskPatrolTeams')}>
      <div class="desk-head">
        <h2>{t('deskPatrolTeams')}</h2>
        <button
          type="button"
          class="button is-small"
          disabled={teams.length === MOST_TEAMS}
          onClick={can.addTeam}
        >
          {t('deskPatrolTeamAdd')}
        </button>
      </div>
      <ol>
        {teams.map((team, i) => (
          <Team key={team.key} team={team} index={i} isOnly={teams.length === 1} />
        ))}
      </ol>
    </section>
  );
}

function Team({ team, index, isOnly }: { team: TeamWish; index: number; isOnly: boolean }) {
  const t = useWords();
  const can = usePatrols();
  const n = index + 1;
  const where = team.start === null ? t('deskPatrolStartChosen') : placeText(team.start);
  return (
    <li class="patrols-team">
      <span class="patrols-number" style={{ background: lookOf(index).color }} aria-hidden="true">
        {n}
      </span>
      <input
        type="text"
        aria-label={t('deskPatrolTeamName', { n })}
        placeholder={t('deskPatrolTeamN', { n })}
        maxLength={60}
        value={team.name}
        onInput={(e) => can.sayTeam(team.key, { name: e.currentTarget.value })}
      />
      <button
        type="button"
        class="button is-small"
        aria-label={t('deskPatrolTeamDrop', { n })}
        disabled={isOnly}
        onClick={() => can.dropTeam(team.key)}
      >
        {t('deskPatrolDrop')}
      </button>
      <details class="patrols-more">
        <summary>
          {t('deskPatrolStartAt', { place: where })}
          {team.minutes !== null && ` · ${t('deskPatrolMinutesOf', { n: team.minutes })}`}
        </summary>
        <div class="patrols-wish">
          <Where team={team} index={index} what="start" at={team.start} />
          <Where team={team} index={index} what="end" at={team.end} />
          <Field label={t('deskPatrolOwnMinutes')}>
            <input
              type="number"
              min={MINUTES.least}
              max={MINUTES.most}
              placeholder={t('deskPatrolAsAll')}
              value={team.minutes ?? ''}
              onChange={(e) => {
                const minutes = e.currentTarget.valueAsNumber;
                can.sayTeam(team.key, { minutes: Number.isNaN(minutes) ? null : minutes });
              }}
            />
          </Field>
        </div>
      </details>
    </li>
  );
}

function Where(props: { team: TeamWish; index: number; what: 'start' | 'end'; at: LonLat | null }) {
  const { team, index, what, at } = props;
  const t = useWords();
  const { deeds } = usePlanner();
  const can = usePatrols();
  const picks = usePatrol((s) => s.picks?.what === what && s.picks.key === team.key);
  const hasMap = usePart((s) => s.map === 'there');
  const area = usePart((s) => regionOf(s)?.bounds ?? null);
  const n = index + 1;
  return (
    <div class="patrols-where">
      {hasMap && (
        <button
          type="button"
          class="button is-small"
          aria-pressed={picks}
          aria-label={t(`deskPatrolPickOne_${what}`, { n })}
          onClick={() => {
            can.pick(picks ? null : { what, key: team.key });
            if (!picks) deeds.focusMap();
          }}
        >
          <Icon name="pin" /> {t(`deskPatrolPick_${what}`)}
        </button>
      )}
      <PlaceField
        key={at === null ? '' : placeText(at)}
        label={t(`deskPatrolPlace_${what}`)}
        start={at === null ? '' : placeText(at)}
        read={(text) => placeFromText(text, area)}
        give={(place) => can.sayTeam(team.key, { [what]: place })}
      />
      {at !== null && (
        <button
          type="button"
          class="link"
          aria-label={t(`deskPatrolForget_${what}`, { n })}
          onClick={() => can.sayTeam(team.key, { [what]: null })}
        >
          {t('deskPatrolForget')}
        </button>
      )}
    </div>
  );
}
