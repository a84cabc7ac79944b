// Evenings that others hand over, and taking one.
import type { Wanted as One, Pack } from '../../../shared/duty.ts';
import type { Words } from '../../../shared/words.ts';
import { wantedOf } from '../../pack.ts';
import { usePage, usePart, useWords } from '../context.ts';
import { Sheet, useClose } from '../parts.tsx';
import { takeOverFault } from './texts.ts';

const teamText = (t: Words, { team, team_name }: One) => team_name ?? t('volTeamN', { n: team });

export function Wanted({ pack }: { pack: Pack }) {
  const t = useWords();
  const { dispatch } = usePage();
  return (
    <section class="card">
      <h2>{t('volWanted')}</h2>
      <ul class="people">
        {wantedOf(pack).map((one) => (
          <li key={`${one.day} ${one.volunteer}`}>
            <div>
              <b>{t.date(one.day)}</b>
              <small>
                {[teamText(t, one), one.begins === null ? null : t('volBegins', { time: one.begins })]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
              <small>{t('volWantedBy', { name: one.name })}</small>
            </div>
            <button
              type="button"
              class="button"
              aria-label={t('volTakeOne', { name: one.name, day: t.date(one.day) })}
              onClick={() => dispatch({ is: 'dialogOpened', dialog: { is: 'takeOver', wanted: one } })}
            >
              {t('volTake')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function TakeOver({ wanted }: { wanted: One }) {
  const t = useWords();
  const { deeds } = usePage();
  const close = useClose();
  const isOnline = usePart((s) => s.is_online);
  const isBusy = usePart((s) => s.doing === 'takeOver');
  const fault = usePart((s) => (s.fault?.deed === 'takeOver' ? s.fault.fault : null));
  // Who was refused need not try it again.
  const isOver = fault?.what === 'refused';
  return (
    <Sheet heading={t('volTakeAsk', { day: t.date(wanted.day) })}>
      <p>
        {t('volTakeMore', { name: wanted.name, team: teamText(t, wanted) })}
        {wanted.begins !== null && ` ${t('volBegins', { time: wanted.begins })}`}
      </p>
      <div role="alert">{fault !== null && <p class="note is-fault">{takeOverFault(t, fault)}</p>}</div>
      {!isOnline && <p class="note">{t('volNeedsLine')}</p>}
      {!isOver && (
        <button
          type="button"
          class="button is-main is-large"
          disabled={isBusy || !isOnline}
          onClick={() => deeds.takeOver(wanted)}
        >
          {t(isBusy ? 'volTaking' : 'volTake')}
        </button>
      )}
      <button type="button" class="button is-full" onClick={close}>
        {t('back')}
      </button>
    </Sheet>
  );
}
