// What counts as near enough: the limit, the kinds of equipment, whether only working pieces count.
import { useState } from 'preact/hooks';
import type { Kind } from '../../shared/contract.ts';
import { LIMIT } from '../../shared/url.ts';
import type { Key } from '../../shared/words.ts';
import { Sign } from './parts.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';

/** The kinds that help somebody in the water, and those that a region counts besides. */
const OFFERED: readonly Kind[] = ['pole', 'ring', 'rope'];

export function Controls() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const limit_m = usePart((s) => s.limit_m);
  const kinds = usePart((s) => s.kinds);
  const countsAny = usePart((s) => s.any_condition);
  const offered = [...OFFERED, ...kinds.filter((kind) => !OFFERED.includes(kind))];
  const setLimit = (limit: number) => dispatch({ is: 'limitSet', limit_m: limit });
  return (
    <section class="controls">
      <div class="limit">
        <label for="limit">{t('limit')}</label>
        <LimitField limit_m={limit_m} set={setLimit} />
        <input
          id="limit"
          type="range"
          min={LIMIT.least}
          max={LIMIT.most}
          step={LIMIT.step}
          value={limit_m}
          aria-valuetext={t.meters(limit_m)}
          onInput={(e) => setLimit(e.currentTarget.valueAsNumber)}
        />
      </div>
      <fieldset class="kinds">
        <legend>{t('count')}</legend>
        {offered.map((kind) => (
          <label key={kind} class="check">
            <input
              type="checkbox"
              checked={kinds.includes(kind)}
              onChange={() => dispatch({ is: 'kindSwitched', kind })}
            />
            <Sign kind={kind} isUsable />
            <span>{t(`short_${kind}` as Key)}</span>
          </label>
        ))}
        <label class="check is-wide">
          <input
            type="checkbox"
            role="switch"
            aria-checked={!countsAny}
            checked={!countsAny}
            onChange={() => dispatch({ is: 'conditionSwitched' })}
          />
          <span>{t('workingOnly')}</span>
        </label>
      </fieldset>
      {kinds.length === 0 && (
        <p class="note" role="status">
          {t('noKinds')}
        </p>
      )}
      {countsAny && <p class="hint">{t('workingOff')}</p>}
    </section>
  );
}

/** A number may be half typed: it counts when it is a whole one within the bounds, or when the field is left. */
function LimitField({ limit_m, set }: { limit_m: number; set(limit: number): void }) {
  const t = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <span class="limit-field">
      <input
        type="number"
        aria-label={t('limitMeters')}
        min={LIMIT.least}
        max={LIMIT.most}
        step={1}
        value={typed ?? limit_m}
        onInput={(e) => {
          setTyped(e.currentTarget.value);
          const limit = e.currentTarget.valueAsNumber;
          if (LIMIT.least <= limit && limit <= LIMIT.most) set(limit);
        }}
        onBlur={(e) => {
          const limit = e.currentTarget.valueAsNumber;
          if (!Number.isNaN(limit)) set(limit);
          setTyped(null);
        }}
      />
      <span aria-hidden="true">{t.language === 'zh' ? '米' : 'm'}</span>
    </span>
  );
}
