// How much bank is covered by how many pieces: a line that is steep at first and flattens; also as a table.
import type { Placement } from '../../../../shared/placement.ts';
import { useWords } from '../../../panels/planner.ts';
import { flattensAfter } from '../../placing/answers.ts';

const WIDE = 340;
const HIGH = 170;
const LEFT = 66;
const BOTTOM = 34;
const TOP = 12;
const RIGHT = 10;

export function Curve({ result }: { result: Placement }) {
  const t = useWords();
  const { curve, sites } = result;
  const n = sites.length;
  const most_n = Math.max(1, ...curve.map((one) => one.sites));
  const least_m = Math.min(...curve.map((one) => one.covered_m));
  const most_m = Math.max(least_m + 1, ...curve.map((one) => one.covered_m));
  const x = (sites: number) => LEFT + (sites / most_n) * (WIDE - LEFT - RIGHT);
  const y = (m: number) => TOP + (1 - (m - least_m) / (most_m - least_m)) * (HIGH - TOP - BOTTOM);
  const line = curve.map((one) => `${x(one.sites).toFixed(1)},${y(one.covered_m).toFixed(1)}`).join(' ');
  const chosen = curve.find((one) => one.sites === n) ?? curve.at(-1);
  const flat = flattensAfter(curve);
  const flatText = () => {
    if (flat === null) return t('deskSiteFlatNever');
    return flat === most_n ? t('deskSiteFlatNot', { n: flat }) : t('deskSiteFlat', { n: flat + 1 });
  };
  if (curve.length < 2 || chosen === undefined) return null;
  return (
    <figure class="placing-curve">
      <svg
        viewBox={`0 0 ${WIDE} ${HIGH}`}
        role="img"
        aria-label={`${t('deskSiteCurve', { n, m: t.meters(chosen.covered_m), most: most_n })} ${flatText()}`}
      >
        <path class="axis" d={`M${LEFT} ${TOP}V${HIGH - BOTTOM}H${WIDE - RIGHT}`} />
        {flat !== null && flat < most_n && <path class="flat" d={`M${x(flat)} ${TOP}V${HIGH - BOTTOM}`} />}
        <polyline points={line} />
        <path class="chosen" d={`M${x(chosen.sites)} ${HIGH - BOTTOM}V${y(chosen.covered_m)}`} />
        <circle cx={x(chosen.sites)} cy={y(chosen.covered_m)} r={5} />
        <text x={LEFT - 6} y={TOP + 8} text-anchor="end">
          {t.meters(most_m)}
        </text>
        <text x={LEFT - 6} y={HIGH - BOTTOM} text-anchor="end">
          {t.meters(least_m)}
        </text>
        <text x={LEFT} y={HIGH - BOTTOM + 14}>
          0
        </text>
        <text x={WIDE - RIGHT} y={HIGH - BOTTOM + 14} text-anchor="end">
          {most_n}
        </text>
        <text class="number" x={x(chosen.sites)} y={HIGH - BOTTOM + 14} text-anchor="middle">
          {chosen.sites}
        </text>
        <text x={(LEFT + WIDE - RIGHT) / 2} y={HIGH - 4} text-anchor="middle">
          {t('deskSiteAxisN')}
        </text>
        <text transform={`translate(10 ${(TOP + HIGH - BOTTOM) / 2}) rotate(-90)`} text-anchor="middle">
          {t('deskSiteAxisM')}
        </text>
      </svg>
      <figcaption>{flatText()}</figcaption>
      <details>
        <summary>{t('deskSiteTable')}</summary>
        <table class="placing-table">
          <thead>
            <tr>
              <th scope="col">{t('deskSiteAxisN')}</th>
              <th scope="col">{t('deskSiteAxisM')}</th>
              <th scope="col">{t('deskSiteGain')}</th>
            </tr>
          </thead>
          <tbody>
            {curve.map((one, i) => (
              <tr key={one.sites} class={one.sites === n ? 'is-chosen' : ''}>
                <th scope="row">{t.count(one.sites)}</th>
                <td>{t.meters(one.covered_m)}</td>
                <td>{i === 0 ? '' : t.meters(one.covered_m - (curve[i - 1]?.covered_m ?? 0))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
