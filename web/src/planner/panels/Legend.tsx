// The legend, made from the table that the map's style is made from.
import type { ComponentChildren } from 'preact';
import { GAINED, LOST, REACH_CLASSES, type ReachClass, VILLAGE_SHADES } from '../../shared/classes.ts';
import { evaluationOf, warn_m } from '../answers.ts';
import { kindsText, Sign } from './parts.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';

export function Legend() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const isOpen = usePart((s) => s.is_legend_open);
  return (
    <section class={isOpen ? 'legend' : 'legend is-folded'}>
      <h2>
        <button type="button" aria-expanded={isOpen} onClick={() => dispatch({ is: 'legendSwitched' })}>
          {t('legend')} <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
        </button>
      </h2>
      {isOpen && <LegendRows />}
    </section>
  );
}

/** Also on the print sheet. */
export function LegendRows() {
  const t = useWords();
  const limit_m = usePart((s) => s.limit_m);
  const warning_m = usePart(warn_m);
  const layers = usePart((s) => s.layers);
  const kinds = usePart((s) => s.kinds);
  const changes = usePart((s) => (s.shows_before ? undefined : evaluationOf(s)?.changed.features));
  const hasTried = usePart((s) => s.scenario.whatIfs.length > 0);
  const limits = { limit: t.meters(limit_m), warn: t.meters(warning_m) };
  const hasLost = changes?.some(({ properties }) => properties.change === 'uncovered') ?? false;
  return (
    <ul class="legend-rows">
      {layers.includes('banks') && (
        <>
          {kinds.length > 0 && (
            <li class="legend-lead">{t('legendBanks', { kinds: kindsText(t, kinds) })}</li>
          )}
          {REACH_CLASSES.map((one) => (
            <Row key={one.name} sign={<LineSign of={one} />}>
              {t(one.word, limits)}
            </Row>
          ))}
        </>
      )}
      {hasTried && (
        <>
          <Row sign={<span class="legend-pin">A</span>}>{t('legendWhatIf')}</Row>
          <Row sign={<LineSign of={GAINED} hasHalo />}>{t(GAINED.word)}</Row>
          {hasLost && <Row sign={<LineSign of={LOST} hasHalo />}>{t(LOST.word)}</Row>}
        </>
      )}
      {layers.includes('equipment') && (
        <>
          <Row sign={<Sign kind="pole" isUsable />}>{t('legendUsable')}</Row>
          <Row sign={<Sign kind="pole" isUsable={false} />}>{t('legendOther')}</Row>
        </>
      )}
      {layers.includes('villages') && (
        <Row
          sign={
            <svg class="legend-shades" viewBox="0 0 50 12" aria-hidden="true" focusable="false">
              {VILLAGE_SHADES.map(({ color }, i) => (
                <rect key={color} x={i * 10} width="10" height="12" fill={color} />
              ))}
            </svg>
          }
        >
          {t('legendVillages')}, {t('legendSharesEnds')}
        </Row>
      )}
    </ul>
  );
}

function Row({ sign, children }: { sign: ComponentChildren; children: ComponentChildren }) {
  return (
    <li>
      <span class="legend-sign">{sign}</span>
      <span>{children}</span>
    </li>
  );
}

function LineSign({ of, hasHalo = false }: { of: ReachClass; hasHalo?: boolean }) {
  const dash = of.dash?.map((part) => part * of.width).join(' ');
  return (
    <svg class="legend-line" viewBox="0 0 40 12" aria-hidden="true" focusable="false">
      {hasHalo && <path d="M2 6H38" stroke="#8aa0a0" stroke-width={of.width + 6} />}
      {hasHalo && <path d="M2 6H38" stroke="#fff" stroke-width={of.width + 4} />}
      <path d="M2 6H38" stroke={of.color} stroke-width={of.width} stroke-dasharray={dash} />
    </svg>
  );
}
