// A stretch that is about to go to another team: what that costs, before it is done.
import type { Words } from '../../../../shared/words.ts';
import { useWords } from '../../../panels/planner.ts';
import type { Shown, Trial } from '../../patrols/state.ts';
import { usePatrol, usePatrols } from './context.ts';
import { hours, over_s, teamName } from './texts.ts';

export function TrialBar() {
  const t = useWords();
  const can = usePatrols();
  const trial = usePatrol((s) => s.trial);
  const shown = usePatrol((s) => s.shown);
  const isTooFar = usePatrol((s) => s.fault?.what === 'refused' && s.fault.kind === 'too-far-for-team');
  return (
    <div role="status" class="patrols-trial">
      {isTooFar && <p class="note is-fault">{t('deskPatrolTooFar')}</p>}
      {trial !== null && shown !== null && (
        <div class="note">
          {trial.after === null ? (
            <p>{t('deskPatrolTrying')}</p>
          ) : (
            <>
              <p>
                <b>{moveText(t, trial, shown)}</b>
              </p>
              {costTexts(t, trial.after, shown).map((text) => (
                <p key={text}>{text}</p>
              ))}
              <span class="desk-do">
                <button type="button" class="button is-main is-small" onClick={can.take}>
                  {t('deskPatrolTake')}
                </button>
                <button type="button" class="button is-small" onClick={can.leave}>
                  {t('deskPatrolLeave')}
                </button>
              </span>
            </>
          )}
        </div>
      )}
    </div>
  );
}

function moveText(t: Words, { move }: Trial, { plan }: Shown): string {
  const team = (index: number | null) => {
    const one = index === null ? undefined : plan.teams[index];
    return one === undefined ? t('deskPatrolNobody') : teamName(t, one, index ?? 0);
  };
  return t('deskPatrolMoves', { name: move.name, from: team(move.from), to: team(move.to) });
}

/** What changes: the teams whose walks do, the longest walk, and what is seen. */
function costTexts(t: Words, { plan }: Shown, { plan: was }: Shown): string[] {
  const texts = plan.teams.flatMap((team, i) => {
    const before = was.teams[i]?.takes_s ?? 0;
    if (Math.abs(before - team.takes_s) < 1) return [];
    const text = t('deskPatrolTeamCost', {
      team: teamName(t, team, i),
      before: hours(before),
      after: hours(team.takes_s),
    });
    const over = over_s(team);
    return [over > 0 ? `${text} · ${t('deskPatrolOver', { time: t.duration(over) })}` : text];
  });
  const longer = plan.longest_s - was.longest_s;
  texts.push(
    Math.abs(longer) < 30
      ? t('deskPatrolLongestSame')
      : t(longer > 0 ? 'deskPatrolLongestMore' : 'deskPatrolLongestLess', {
          time: t.duration(Math.abs(longer)),
        }),
  );
  const more_m = plan.seen_m - was.seen_m;
  if (Math.abs(more_m) >= 0.5) {
    texts.push(
      t(more_m > 0 ? 'deskPatrolSeesMore' : 'deskPatrolSeesLess', { m: t.meters(Math.abs(more_m)) }),
    );
  }
  return texts;
}
