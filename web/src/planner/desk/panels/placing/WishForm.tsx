// What is wished: so many pieces or so much bank, of which kinds, and what counts.
import { useRef, useState } from 'preact/hooks';
import type { Kind } from '../../../../shared/contract.ts';
import { LIMIT } from '../../../../shared/url.ts';
import { kindsText, kindWord } from '../../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../../panels/planner.ts';
import { byKind, numbered, sum, wrongIn } from '../../placing/kinds.ts';
import { MOST_SITES } from '../../placing/state.ts';
import { Field } from '../parts.tsx';
import { usePlaced, usePlacing } from './context.ts';
import { More, Wishes } from './More.tsx';
import { piecesText } from './whereText.ts';

const FORM = 'placing-wish';
const OFFERED: readonly Kind[] = ['pole', 'ring', 'rope'];

export function WishForm() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const can = usePlacing();
  const wish = usePlaced((s) => s.wish);
  const hasAsked = usePlaced((s) => s.asked > 0);
  const isStarting = usePlaced((s) => s.isStarting);
  const limit_m = usePart((s) => s.limit_m);
  const kinds = usePart((s) => s.kinds);
  const n_tried = usePart((s) => s.scenario.whatIfs.length);
  const told = useRef<HTMLDivElement>(null);
  const wrong = wrongIn(wish, kinds);
  const own = numbered(byKind(wish, kinds));
  const others = kinds.filter((kind) => kind !== wish.kind);
  return (
    <div class="placing-wish">
      <form
        id={FORM}
        class="placing-wish"
        aria-label={t('deskView_sites')}
        onSubmit={(e) => {
          e.preventDefault();
          can.propose();
          // Whoever presses the button below sees why nothing is sought.
          if (wrong !== null) told.current?.scrollIntoView({ block: 'center' });
        }}
      >
        <p class="hint">{t('deskSiteIntro')}</p>
        <fieldset class="segments">
          <legend class="visually-hidden">{t('deskSiteGoal')}</legend>
          {(['sites', 'cover'] as const).map((goal) => (
            <button
              key={goal}
              type="button"
              aria-pressed={wish.goal === goal}
              onClick={() => can.wish({ goal })}
            >
              {t(`deskSiteGoal_${goal}`)}
            </button>
          ))}
        </fieldset>
        {own.length > 0 ? (
          <p class="placing-own">
            <span>{wrong === null && t('deskSiteOwn', { pieces: piecesText(t, own), n: sum(own) })}</span>
            <button type="button" class="link" onClick={() => can.wish({ numbers: {} })}>
              {t('deskSiteOwnNot')}
            </button>
          </p>
        ) : wish.goal === 'sites' ? (
          <Slider
            label={t('deskSiteCount')}
            unit=""
            most={MOST_SITES}
            value={wish.sites}
            set={(sites) => can.wish({ sites })}
          />
        ) : (
          <Slider
            label={t('deskSiteCover')}
            unit="%"
            most={100}
            value={wish.cover_percent}
            set={(cover_percent) => can.wish({ cover_percent })}
          />
        )}
        <div class="desk-pair">
          {own.length === 0 && (
            <Field label={t('deskKind')}>
              <select value={wish.kind} onChange={(e) => can.wish({ kind: e.currentTarget.value as Kind })}>
                {OFFERED.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(kindWord(kind))}
                  </option>
                ))}
              </select>
            </Field>
          )}
          <Field label={t('deskSiteLimit')}>
            <input
              type="number"
              min={LIMIT.least}
              max={LIMIT.most}
              value={limit_m}
              onChange={(e) => {
                const limit = e.currentTarget.valueAsNumber;
                if (!Number.isNaN(limit)) dispatch({ is: 'limitSet', limit_m: limit });
              }}
            />
          </Field>
        </div>
        <p class="hint">
          {others.length === 0 ? t('deskSiteCountsOne') : t('deskSiteCounts', { kinds: kindsText(t, kinds) })}
        </p>
        <Check label={t('deskSiteByRisk')} is={wish.by_risk} set={(by_risk) => can.wish({ by_risk })} />
        <Check label={t('deskSiteBackup')} is={wish.backup} set={(backup) => can.wish({ backup })} />
        <Check label={t('deskSiteBeside')} is={wish.beside} set={(beside) => can.wish({ beside })} />
        {(n_tried > 0 || wish.keeps) && (
          <Check
            label={t('deskSiteKeeps', { n: n_tried })}
            is={wish.keeps}
            set={(keeps) => can.wish({ keeps })}
          />
        )}
      </form>
      {/* Apart from the form, since they have forms of their own. */}
      <div class="placing-more">
        <More what="Kinds" />
        <div ref={told} role="alert">
          {wrong !== null && <Wishes what="Wrong" />}
        </div>
        <More what="Weights" />
        <More what="Settings" />
      </div>
      <button type="submit" form={FORM} class="button is-main is-full" disabled={isStarting}>
        {t(hasAsked ? 'deskSiteAgain' : 'deskSitePropose')}
      </button>
    </div>
  );
}

function Check({ label, is, set }: { label: string; is: boolean; set(is: boolean): void }) {
  return (
    <label class="check">
      <input type="checkbox" checked={is} onChange={(e) => set(e.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** A slider, and the same number to type; it may be half typed. */
function Slider(props: { label: string; unit: string; most: number; value: number; set(n: number): void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const { label, unit, most, value, set } = props;
  return (
    <div class="limit placing-slider">
      <label for="placing-slider">{label}</label>
      <span class="limit-field">
        <input
          type="number"
          aria-label={label}
          min={1}
          max={most}
          step={1}
          value={typed ?? value}
          onInput={(e) => {
            setTyped(e.currentTarget.value);
            const n = e.currentTarget.valueAsNumber;
            if (1 <= n && n <= most) set(n);
          }}
          onBlur={() => setTyped(null)}
        />
        <span aria-hidden="true">{unit}</span>
      </span>
      <input
        id="placing-slider"
        type="range"
        min={1}
        max={most}
        value={value}
        aria-valuetext={`${value}${unit}`}
        onInput={(e) => set(e.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
