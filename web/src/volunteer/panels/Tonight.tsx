// Before the patrol: team, start, stops, whether one comes, and what the phone still needs.

import type { Answer, Member, Pack } from '../../shared/duty.ts';
import type { Key } from '../../shared/words.ts';
import { clock, partners, wantedOf } from '../pack.ts';
import { usePage, usePart, useWords } from './context.ts';
import { Later } from './Later.tsx';
import { CallButton, Icon } from './parts.tsx';
import { Ready } from './Ready.tsx';
import { Stops } from './Stops.tsx';

export function Tonight({ pack }: { pack: Pack }) {
  const t = useWords();
  const { deeds, dispatch } = usePage();
  const { duty, patrol } = pack;
  const way = patrol?.way ?? null;
  const isOver = usePart((s) => s.packing.is_waiting);
  return (
    <section class="tonight" aria-busy={isOver}>
      <header class="team">
        <p class="hint">{t.date(pack.day)}</p>
        <h1>{duty?.team_name ?? way?.name ?? t('volTeamN', { n: duty?.team ?? 1 })}</h1>
        <p class="begins">
          {duty?.begins && <b>{t('volBegins', { time: duty.begins })}</b>}
          {way?.stops[0] !== undefined && (
            <span>
              {t('volFrom', { place: way.stops[0].village_name ?? way.stops[0].water_body_name ?? '' })}
            </span>
          )}
        </p>
        {way !== null && (
          <dl class="figures">
            <div>
              <dd>{t.count(way.stops.length)}</dd>
              <dt>{t('volFigureStops')}</dt>
            </div>
            <div>
              <dd>{t.km(way.walk_m)}</dd>
              <dt>{t('volFigureKm')}</dt>
            </div>
            <div>
              <dd>{t.minutes(way.takes_s)}</dd>
              <dt>{t('volFigureMinutes')}</dt>
            </div>
          </dl>
        )}
      </header>
      {duty !== null && <Comes answer={duty.answer} />}
      {way !== null && way.stops.length > 0 ? (
        <button type="button" class="button is-main is-large" onClick={deeds.start}>
          {t('volStart')}
        </button>
      ) : (
        <p class="note">{t('volNoWayYet')}</p>
      )}
      <Ready />
      <Partners all={partners(pack)} />
      <WantedOnes pack={pack} />
      {way !== null && way.stops.length > 0 && (
        <details class="card" open>
          <summary>{t('volStops', { n: way.stops.length })}</summary>
          <Stops way={way} time={(after_s) => clock(duty?.begins ?? null, after_s)} />
        </details>
      )}
      <button
        type="button"
        class="button is-full"
        onClick={() => dispatch({ is: 'dialogOpened', dialog: { is: 'reminder' } })}
      >
        <Icon name="speak" />
        {t('volReminder')}
      </button>
      <Later show={({ Links }) => <Links pack={pack} />} />
    </section>
  );
}

function Comes({ answer }: { answer: Answer | null }) {
  const t = useWords();
  const { deeds, dispatch } = usePage();
  const owed = usePart((s) => s.owed?.answer ?? null);
  return (
    <fieldset class="comes">
      <legend>{t('volComesAsk')}</legend>
      <div class="choice is-three">
        <button type="button" aria-pressed={answer === 'comes'} onClick={() => deeds.answer('comes')}>
          {t('volComes')}
        </button>
        <button
          type="button"
          class="is-no"
          aria-pressed={answer === 'cannot'}
          onClick={() => dispatch({ is: 'dialogOpened', dialog: { is: 'cannot' } })}
        >
          {t('volCannot')}
        </button>
        <button
          type="button"
          class="is-no"
          aria-pressed={answer === 'hands_over'}
          onClick={() => dispatch({ is: 'dialogOpened', dialog: { is: 'hands' } })}
        >
          {t('volHands')}
        </button>
      </div>
      {answer !== null && (
        <p class="hint" role="status">
          {t(owed !== null ? 'volAnswerSaved' : `volAnswer_${answer}`)}
        </p>
      )}
    </fieldset>
  );
}

/** Evenings that others hand over, on any day. */
export function WantedOnes({ pack }: { pack: Pack }) {
  return wantedOf(pack).length === 0 ? null : <Later show={({ Wanted }) => <Wanted pack={pack} />} />;
}

export function Partners({ all }: { all: readonly Member[] }) {
  const t = useWords();
  if (all.length === 0) return null;
  return (
    <section class="card">
      <h2>{t('volPartners')}</h2>
      <ul class="people">
        {all.map((one) => (
          <li key={one.id}>
            <div>
              <b>{one.name}</b>
              <small>{[...one.skills.map(skillText), t(`volIs_${one.answer ?? 'open'}`)].join(' · ')}</small>
            </div>
            {one.phone !== null && <CallButton phone={one.phone} name={one.name} />}
          </li>
        ))}
      </ul>
    </section>
  );
  function skillText(skill: string): string {
    const text = t(`volSkill_${skill}` as Key);
    return text.startsWith('volSkill_') ? skill : text;
  }
}
