// The evenings that have a patrol, the latest first: looked at, or taken back.
import type { Published } from '../../../../shared/patrols.ts';
import { useWords } from '../../../panels/planner.ts';
import { Confirm, useAsked } from '../asked.tsx';
import { usePatrol, usePatrols } from './context.ts';
import { hours } from './texts.ts';

export function Evenings() {
  const t = useWords();
  const published = usePatrol((s) => s.published);
  if (published === null) return null;
  return (
    <section class="patrols-evenings" aria-label={t('deskPatrolEvenings')}>
      <h2>{t('deskPatrolEvenings')}</h2>
      {published.length === 0 && <p class="empty">{t('deskPatrolNoEvenings')}</p>}
      <ul class="desk-rows">
        {published.map((one) => (
          <Row key={one.day} one={one} />
        ))}
      </ul>
    </section>
  );
}

function Row({ one }: { one: Published }) {
  const t = useWords();
  const can = usePatrols();
  const isPublishing = usePatrol((s) => s.isPublishing);
  const { asked, ask, line } = useAsked<'withdraw'>();
  const day = t.date(one.day);
  return (
    <li ref={line} tabIndex={-1}>
      <span>
        {day}
        <small>
          {t('deskPatrolEvening', {
            n: one.n_teams,
            km: t.km(one.seen_m),
            due: t.km(one.required_m),
            longest: hours(one.longest_s),
            who: one.by,
          })}
        </small>
      </span>
      {asked === null ? (
        <span class="desk-do">
          <button
            type="button"
            class="button is-small"
            aria-label={t('deskPatrolOpenOne', { day })}
            onClick={() => void can.open(one.day)}
          >
            {t('deskPatrolOpen')}
          </button>
          <button
            type="button"
            class="button is-small"
            disabled={isPublishing}
            aria-label={t('deskPatrolWithdrawOne', { day })}
            onClick={() => ask('withdraw')}
          >
            {t('deskPatrolWithdraw')}
          </button>
        </span>
      ) : (
        <Confirm
          means={t('deskPatrolWithdrawAsk', { day })}
          does={t('deskPatrolWithdraw')}
          act={() => {
            ask(null);
            void can.withdraw(one.day);
          }}
          cancel={() => ask(null)}
        />
      )}
    </li>
  );
}
