// The own team's sheet for the evening, on paper: it needs no line and no battery.
import { CHECKED } from '../../../shared/duty.ts';
import { clock, partners, piecesAt, wayOf } from '../../pack.ts';
import { usePage, usePart, useWords } from '../context.ts';
import { Sheet } from '../parts.tsx';
import { callsOf, callText, pieceName, stopName } from '../texts.ts';
import { reminderOf } from './texts.ts';

export function Paper() {
  const t = useWords();
  const { deeds } = usePage();
  return (
    <>
      <Sheet heading={t('volPaper')}>
        <p>{t('volPaperMore')}</p>
        <button type="button" class="button is-main is-large" onClick={deeds.print}>
          {t('volLink_print')}
        </button>
      </Sheet>
      <Printed />
    </>
  );
}

/** Not on the screen; a printer sees nothing else. */
function Printed() {
  const t = useWords();
  const pack = usePart((s) => s.pack?.value ?? null);
  const way = wayOf(pack);
  if (pack === null) return null;
  const { duty } = pack;
  const begins = duty?.begins ?? null;
  return (
    <article class="paper">
      <header>
        <h1>{duty?.team_name ?? way?.name ?? t('volTeamN', { n: duty?.team ?? way?.number ?? 1 })}</h1>
        <p>
          {[t.date(pack.day), begins === null ? null : t('volBegins', { time: begins })]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {way !== null && (
          <p>
            {t('volPaperWay', { n: way.stops.length, km: t.km(way.walk_m), min: t.minutes(way.takes_s) })}
          </p>
        )}
      </header>
      <p class="paper-calls">
        <b>{t('volInWater')}: </b>
        {callsOf(pack)
          .map(([service, phone]) => callText(t, service, phone))
          .join(' · ')}
      </p>
      {partners(pack).length > 0 && (
        <p>
          <b>{t('volPartners')}: </b>
          {partners(pack)
            .map(({ name, phone }) => [name, phone].filter(Boolean).join(' '))
            .join(' · ')}
        </p>
      )}
      <ol>
        {(way?.stops ?? []).map((stop) => (
          <li key={stop.stretch}>
            <span class="paper-box" />
            <div>
              <b>
                {stop.rank}. {stopName(t, stop)}
              </b>
              <span>
                {[stop.village_name, t.meters(stop.seen_m), clock(begins, stop.after_s)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {stop.hot_spots.length > 0 && <span>{t('volLinger')}</span>}
              {piecesAt(pack, stop).map((piece) => (
                <span key={piece.id}>
                  {[pieceName(t, piece), piece.code === null ? null : piece.name].filter(Boolean).join(' ')}
                  {CHECKED.map((condition) => (
                    <span class="paper-check" key={condition}>
                      <span class="paper-box" /> {t(`condition_${condition}`)}
                    </span>
                  ))}
                </span>
              ))}
            </div>
          </li>
        ))}
      </ol>
      <div>
        <b>{t('volReminder')}</b>
        {reminderOf(t, pack).map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p class="paper-notes">{t('volPaperNotes')}</p>
      </div>
    </article>
  );
}
