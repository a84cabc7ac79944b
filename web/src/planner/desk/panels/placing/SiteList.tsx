// The places that are proposed, the best first: what each gains and why, to be shown on the map and to be accepted.
import type { Kind } from '../../../../shared/contract.ts';
import type { Placement, Site } from '../../../../shared/placement.ts';
import { evaluationOf, isPending } from '../../../answers.ts';
import { kindWord } from '../../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../../panels/planner.ts';
import { movedOnes, openSites, whatIfOf } from '../../placing/answers.ts';
import { kindAt, type Mover, moversOf, moverTo } from '../../placing/movers.ts';
import { usePlaced, usePlacing } from './context.ts';
import { ShowButton } from './ShowButton.tsx';
import { whereText } from './whereText.ts';

export function SiteList({ result }: { result: Placement }) {
  const t = useWords();
  const can = usePlacing();
  const whatIfs = usePart((s) => s.scenario.whatIfs);
  const open = usePlaced((s) => openSites(s, whatIfs));
  const equipment = usePart((s) => s.equipment.value);
  const movers = moversOf(result, equipment ?? []);
  const rows = result.sites.map((site) => {
    const mover = moverTo(site, movers);
    return { site, mover, kind: kindAt(site, mover) };
  });
  const [kind, ...others] = new Set(rows.map((row) => row.kind));
  return (
    <section class="placing-sites" aria-label={t('deskSiteList')}>
      <div class="desk-head">
        <h2>
          {t('deskSiteList')}
          {kind !== undefined && others.length === 0 && ` · ${t(kindWord(kind))}`}
        </h2>
        <button
          type="button"
          class="button is-small"
          disabled={open.length === 0}
          onClick={() => can.accept(open)}
        >
          {t('deskSiteAcceptAll')}
        </button>
      </div>
      <Loss />
      <ol class="desk-rows">
        {rows.map((row) => (
          <Row key={row.site.rank} {...row} kind={others.length === 0 ? null : row.kind} />
        ))}
      </ol>
      <p class="hint">{t('deskSiteHow')}</p>
    </section>
  );
}

/** So far from a place where nothing can stand nothing can either, until somebody says it more exactly. */
const NOT_HERE_M = 25;

/** `kind` is told where there are several. */
function Row({ site, mover, kind }: { site: Site; mover: Mover | null; kind: Kind | null }) {
  const t = useWords();
  const { dispatch } = usePlanner();
  const can = usePlacing();
  const whatIfs = usePart((s) => s.scenario.whatIfs);
  const accepted = usePlaced((s) => s.accepted);
  const whatIf = whatIfOf(site, accepted, whatIfs);
  const moved = movedOnes(accepted, whatIfs).find(({ letter }) => letter === whatIf?.letter);
  const { bank, chainage_m } = site;
  return (
    <li>
      <span>
        <b>{site.rank}.</b> {whereText(t, site)}
        <small>
          {[
            kind && t(kindWord(kind)),
            site.on === 'path' && t('deskSiteOnPath'),
            t('deskSiteGained', { m: t.meters(site.gained_m) }),
            site.reason === null ? null : t(`deskSiteReason_${site.reason}`),
            site.risk === null ? null : t('deskSiteRisk', { n: site.risk }),
            mover && t('deskSiteTakes', { name: mover.piece?.properties.code ?? mover.id }),
            site.required ? t('deskSiteRequired') : null,
            moved === undefined ? null : t('deskSiteMovedBy', { m: t.meters(Math.max(1, moved.by_m)) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {bank !== null && chainage_m !== null && !site.required && (
          <button
            type="button"
            class="link"
            aria-label={t('deskSiteNotHereOne', { n: site.rank })}
            onClick={() =>
              can.forbid({
                bank,
                from_m: Math.max(0, chainage_m - NOT_HERE_M),
                to_m: chainage_m + NOT_HERE_M,
                name: whereText(t, site),
                at: site.at,
              })
            }
          >
            {t('deskSiteNotHere')}
          </button>
        )}
      </span>
      <span class="desk-do">
        <ShowButton at={whatIf?.at ?? site.at} label={t('deskSiteShowOne', { n: site.rank })} />
        <button
          type="button"
          class="button is-small"
          aria-pressed={whatIf !== null}
          aria-label={
            whatIf === null
              ? t('deskSiteAcceptOne', { n: site.rank })
              : t('deskSiteIs', { n: site.rank, letter: whatIf.letter })
          }
          onClick={() =>
            whatIf === null ? can.accept([site]) : dispatch({ is: 'removed', letter: whatIf.letter })
          }
        >
          {whatIf === null ? t('deskSiteAccept') : `✓ ${whatIf.letter}`}
        </button>
      </span>
    </li>
  );
}

/** What moving accepted pieces has cost, against where they were proposed. */
function Loss() {
  const t = useWords();
  const whatIfs = usePart((s) => s.scenario.whatIfs);
  const now_m = usePart((s) => (isPending(s) ? null : (evaluationOf(s)?.after.covered_m ?? null)));
  const accepted = usePlaced((s) => s.accepted);
  const proposed_m = usePlaced((s) => s.proposedCovered?.covered_m ?? null);
  const moved = movedOnes(accepted, whatIfs);
  const text = () => {
    if (moved.length === 0) return '';
    const letters = t.list(moved.map(({ letter }) => letter));
    if (now_m === null || proposed_m === null) return t('deskSiteMovedWaits', { letters });
    const lost_m = proposed_m - now_m;
    if (Math.abs(lost_m) < 0.5) return t('deskSiteMovedSame', { letters });
    return t(lost_m > 0 ? 'deskSiteMovedLess' : 'deskSiteMovedMore', {
      letters,
      m: t.meters(Math.abs(lost_m)),
    });
  };
  return (
    <div role="status" class="placing-loss">
      {moved.length > 0 && <p class="note">{text()}</p>}
    </div>
  );
}
