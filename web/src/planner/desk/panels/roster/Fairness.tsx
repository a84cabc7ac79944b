// How fair the proposed evenings are as they are now, in words.
import type { Words } from '../../../../shared/words.ts';
import { useWords } from '../../../panels/planner.ts';
import { fairnessOf, NEEDED } from '../../roster/state.ts';
import { useRosterPart } from './context.ts';
import { Mark } from './parts.tsx';

type Fair = NonNullable<ReturnType<typeof fairnessOf>>;

export function Fairness() {
  const t = useWords();
  const fair = useRosterPart((s) => {
    const found = fairnessOf(s);
    return found === null ? null : JSON.stringify(found);
  });
  const known: Fair | null = fair === null ? null : JSON.parse(fair);
  return (
    <div class="roster-fair" role="status">
      {known !== null && (
        <>
          <p>
            <b>{timesText(t, known)}</b>
          </p>
          <ul>
            <li>
              {known.n_open === 0 ? (
                <Mark is="good">{t('deskRosterNoneOpen')}</Mark>
              ) : (
                <Mark is="open">{t('deskRosterOpen', { n: known.n_open })}</Mark>
              )}
            </li>
            {NEEDED.filter((skill) => known.without[skill] > 0).map((skill) => (
              <li key={skill}>
                <Mark is="warns">{t(`deskRosterWithout_${skill}`, { n: known.without[skill] })}</Mark>
              </li>
            ))}
          </ul>
          <p class="hint">{t('deskRosterFairHint')}</p>
        </>
      )}
    </div>
  );
}

export function timesText(
  t: Words,
  { least, most, n_people }: Pick<Fair, 'least' | 'most' | 'n_people'>,
): string {
  if (n_people === 0) return t('deskRosterFairNobody');
  return least === most ? t('deskRosterFairSame', { n: least }) : t('deskRosterFair', { least, most });
}
