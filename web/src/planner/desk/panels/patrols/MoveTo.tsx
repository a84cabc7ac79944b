// Gives a stretch to another team: chosen from a menu, so that it works by keyboard and on a phone.
import { useWords } from '../../../panels/planner.ts';
import { usePatrol, usePatrols } from './context.ts';
import { teamName } from './texts.ts';

export function MoveTo(props: { stretch: string; name: string; from: number | null; n: number }) {
  const { stretch, name, from, n } = props;
  const t = useWords();
  const can = usePatrols();
  const teams = usePatrol((s) => s.shown?.plan.teams ?? []);
  const isTrying = usePatrol((s) => s.trial !== null);
  return (
    <select
      class="patrols-move"
      aria-label={t(from === null ? 'deskPatrolGiveOne' : 'deskPatrolMoveOne', { n })}
      value=""
      disabled={isTrying}
      onChange={(e) => {
        const { value } = e.currentTarget;
        e.currentTarget.value = '';
        if (value !== '')
          void can.tryMove({ stretch, name, from, to: value === 'nobody' ? null : Number(value) });
      }}
    >
      <option value="">{t(from === null ? 'deskPatrolGive' : 'deskPatrolMove')}</option>
      {teams.map((team, i) =>
        i === from ? null : (
          <option key={team.number} value={String(i)}>
            {teamName(t, team, i)}
          </option>
        ),
      )}
      {from !== null && <option value="nobody">{t('deskPatrolToNobody')}</option>}
    </select>
  );
}
