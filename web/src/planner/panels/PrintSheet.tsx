// One A4 sheet, landscape: the map as it is seen, legend, headline, the ten longest stretches, data date and link.
import '../style/print.css';
import { useEffect, useState } from 'preact/hooks';
import type { Key } from '../../shared/words.ts';
import { nameIn } from '../../shared/words.ts';
import { gapRows, headline, nameOfVillage, nameOfWater } from '../answers.ts';
import { regionOf } from '../state.ts';
import { DataDate } from './Footer.tsx';
import { LegendRows } from './Legend.tsx';
import type { LinkCode } from './linkCode.ts';
import { Modal } from './Modal.tsx';
import { kindsText } from './parts.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';

const MOST = 10;

export function PrintSheet({ picture }: { picture: string | null }) {
  const t = useWords();
  const { dispatch, deeds } = usePlanner();
  const region = usePart(regionOf);
  const village = usePart((s) => nameOfVillage(s, s.village));
  const numbers = usePart(headline);
  const limit_m = usePart((s) => s.limit_m);
  const kinds = usePart((s) => s.kinds);
  const name = village ?? (region === null ? '' : nameIn(t.language, region.name));
  const [title, setTitle] = useState(t('printTitleIs', { name }));
  const zone = region?.settings?.time_zone;
  const closed_m = numbers?.closed_m ?? null;
  // Read once: text and code say the same, and the view that the picture was taken of.
  const [link] = useState(() => location.href);
  return (
    <Modal
      heading={t('printHeading')}
      class="dialog is-print"
      onClose={() => dispatch({ is: 'dialogOpened', dialog: null })}
    >
      <div class="print-tools">
        <label class="field">
          <span>{t('printTitle')}</span>
          <input type="text" value={title} onInput={(e) => setTitle(e.currentTarget.value)} />
        </label>
        <button type="button" class="button is-main" onClick={deeds.printNow}>
          {t('printDo')}
        </button>
      </div>
      <article class="paper">
        <header>
          <h3>{title}</h3>
          {numbers !== null && (
            <p class="paper-headline">
              {t('headlineSentence', { km: t.km(numbers.far_m), pct: t.percent(numbers.share) })}
              {closed_m !== null && closed_m >= 0.5 && ` · ${t('fewer', { km: t.km(closed_m) })}`}
            </p>
          )}
          <p>{t('headlineRule', { limit: t.meters(limit_m), kinds: kindsText(t, kinds) })}</p>
          {region?.invented && <p class="is-made-up">{t('invented')}</p>}
          {region?.illustrative && !region.invented && <p class="is-made-up">{t('illustrative')}</p>}
        </header>
        <div class="paper-map">
          {picture === null ? (
            <p class="empty">{t('printNoMap')}</p>
          ) : (
            <img src={picture} alt={t('mapLabel')} />
          )}
          <p class="paper-north">
            <span aria-hidden="true">▲</span> {t('printNorth')}
          </p>
        </div>
        <div class="paper-side">
          <LegendRows />
          <TopGaps />
        </div>
        <footer>
          <div>
            <DataDate />
            <p>
              {t('printTime', {
                time: `${t.date(new Date().toISOString())} ${t.time(Date.now(), zone)}`,
                zone: zone ?? '',
              })}
            </p>
            <p class="paper-link">
              {t('printLink')}: {link}
            </p>
          </div>
          <Code link={link} />
        </footer>
      </article>
    </Modal>
  );
}

/** The link for a phone's camera. It is fetched apart: the sheet is complete without it. */
function Code({ link }: { link: string }) {
  const t = useWords();
  const [code, setCode] = useState<LinkCode | null>(null);
  useEffect(() => {
    import('./linkCode.ts').then(
      ({ linkCode }) => setCode(linkCode(link)),
      () => {},
    );
  }, [link]);
  if (code === null) return null;
  // A long link has more squares, which may not become too small for a camera.
  const side = `${Math.min(48, Math.max(24, code.size * 0.33))}mm`;
  return (
    <svg
      role="img"
      aria-label={t('printCode')}
      width={side}
      height={side}
      viewBox={`0 0 ${code.size} ${code.size}`}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${code.size}v${code.size}h-${code.size}z`} />
      <path fill="#000" d={code.path} />
    </svg>
  );
}

function TopGaps() {
  const t = useWords();
  const state = usePart((s) => s);
  const rows = gapRows(state).slice(0, MOST);
  return (
    <table class="paper-gaps">
      <caption>{t('printTop')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('rank')}</th>
          <th scope="col">{t('columnWater')}</th>
          <th scope="col">{t('columnLength')}</th>
          <th scope="col">{t('columnReason')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ gap: { properties: p } }, index) => (
          <tr key={p.id}>
            <td>{index + 1}</td>
            <td>
              {nameOfWater(state, p.water_body) ?? t('gapNoWater')}
              {p.village !== null && <small> {nameOfVillage(state, p.village)}</small>}
            </td>
            <td>{t.count(Math.round(p.length_m))}</td>
            <td>{t(`reason_${p.reason}` as Key)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
