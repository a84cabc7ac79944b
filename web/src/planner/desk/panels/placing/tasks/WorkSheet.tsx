// The work list on paper: one row a place, with what is to be done there and a code that opens the place on a phone's map.
import '../../../../style/print.css';
import '../../../style/worksheet.css';
import { placeText } from '../../../../../shared/places.ts';
import { nameIn } from '../../../../../shared/words.ts';
import { linkCode } from '../../../../panels/linkCode.ts';
import { Modal } from '../../../../panels/Modal.tsx';
import { kindWord } from '../../../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../../../panels/planner.ts';
import { regionOf } from '../../../../state.ts';
import { placeLink, type Task, tasksOf } from '../../../placing/files.ts';
import { usePlaced } from '../context.ts';
import { whereText } from '../whereText.ts';

export function WorkSheet({ onClose }: { onClose(): void }) {
  const t = useWords();
  const { deeds } = usePlanner();
  const region = usePart(regionOf);
  const whatIfs = usePart((s) => s.scenario.whatIfs);
  const equipment = usePart((s) => s.equipment.value);
  const limit_m = usePart((s) => s.limit_m);
  const tasks = usePlaced((s) => tasksOf(s, whatIfs, equipment ?? []));
  const title = t('deskSiteListOf', { region: region === null ? '' : nameIn(t.language, region.name) });
  return (
    <Modal heading={t('deskSiteWork')} class="dialog is-print is-work" onClose={onClose}>
      <div class="print-tools">
        <p class="hint">{t('deskPaperHint')}</p>
        <button type="button" class="button is-main" data-first="" onClick={deeds.printNow}>
          {t('deskPaperPrint')}
        </button>
      </div>
      <article class="work-paper">
        <h3>{title}</h3>
        <p>
          {t('deskPaperRule', { n: tasks.length, limit: t.meters(limit_m) })}{' '}
          {t.date(new Date().toISOString())}
        </p>
        {region?.illustrative && <p class="is-made-up">{t('illustrative')}</p>}
        <table>
          <thead>
            <tr>
              <th scope="col">{t('deskSiteColumn_n')}</th>
              <th scope="col">{t('deskPaperWhat')}</th>
              <th scope="col">{t('deskPaperWhere')}</th>
              <th scope="col">{t('deskPaperGain')}</th>
              <th scope="col">{t('deskPaperDone')}</th>
              <th scope="col">{t('deskPaperCode')}</th>
            </tr>
          </thead>
          <tbody>
            {tasks.map((task, i) => (
              <Row
                key={`${String(i)} ${placeText(task.at)}`}
                task={task}
                n={i + 1}
                region={region?.id ?? ''}
              />
            ))}
          </tbody>
        </table>
        <p class="work-from">{region?.attribution}</p>
      </article>
    </Modal>
  );
}

function Row({ task, n, region }: { task: Task; n: number; region: string }) {
  const t = useWords();
  const { letter, kind, at, moves, site, on } = task;
  const code = linkCode(placeLink(location.href, region, at));
  return (
    <tr>
      <th scope="row">{letter ?? n}</th>
      <td>
        {t(kindWord(kind))}
        <small>{moves === null ? t('deskPaperNew') : t('deskSiteTakes', { name: moves })}</small>
      </td>
      <td>
        {[site && whereText(t, site), on === 'path' && t('deskSiteOnPath')].filter(Boolean).join(' · ')}
        <small>{placeText(at)}</small>
      </td>
      <td>{site === null ? '' : t.meters(site.gained_m)}</td>
      <td class="work-done" />
      <td>
        {code !== null && (
          <svg
            role="img"
            aria-label={t('deskPaperCodeOf', { n: letter ?? n })}
            viewBox={`0 0 ${code.size} ${code.size}`}
            shape-rendering="crispEdges"
          >
            <path fill="#fff" d={`M0 0h${code.size}v${code.size}h-${code.size}z`} />
            <path fill="#000" d={code.path} />
          </svg>
        )}
      </td>
    </tr>
  );
}
