// One A4 sheet, landscape: the map as it is seen, legend, headline, the ten longest stretches, data date and link.
import '../style/print.css';
import { useState } from 'preact/hooks';
import type { Key } from '../../shared/words.ts';
import { nameIn } from '../../shared/words.ts';
import { gapRows, headline, nameOfVillage, nameOfWater } from '../answers.ts';
import { regionOf } from '../state.ts';
import { DataDate } from './Footer.tsx';
import { Modal } from './Help.tsx';
import { LegendRows } from './Legend.tsx';
import { kindsText } from './parts.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';

const MOST = 10;

export function PrintSheet({ picture }: { picture: string | null }) {
  const t = useWords();
  const { deeds } = usePlanner();
  const region = usePart(regionOf);
  const village = usePart((s) => nameOfVillage(s, s.village));
  const numbers = usePart(headline);
  const limit_m = usePart((s) => s.limit_m);
  const kinds = usePart((s) => s.kinds);
  const name = village ?? (region === null ? '' : nameIn(t.language, region.name));
  const [title, setTitle] = useState(t('printTitleIs', { name }));
  const zone = region?.settings?.time_zone;
  const closed_m = numbers?.closed_m ?? null;
  return (
    <Modal heading={t('printHeading')} class="dialog is-print">
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
          <DataDate />
          <p>
            {t('printTime', {
              time: `${t.date(new Date().toISOString())} ${t.time(Date.now(), zone)}`,
              zone: zone ?? '',
            })}
          </p>
          <p class="paper-link">
            {t('printLink')}: {location.href}
          </p>
        </footer>
      </article>
    </Modal>
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
