// Stretches of bank where nothing can stand: listed, made longer or shorter, taken away.
import { useState } from 'preact/hooks';
import { useWords } from '../../../../panels/planner.ts';
import type { Stretch } from '../../../placing/state.ts';
import { usePlaced, usePlacing } from '../context.ts';
import { Named } from './Named.tsx';

export function Forbidden() {
  const t = useWords();
  const forbidden = usePlaced((s) => s.wish.forbidden);
  return (
    <section class="wish" aria-label={t('deskWishNot')}>
      <h3>{t('deskWishNot')}</h3>
      <p class="hint">{t('deskWishNotHint')}</p>
      <ul class="desk-rows" aria-label={t('deskWishNot')}>
        {forbidden.map((stretch, i) => (
          <Row key={`${stretch.bank} ${String(i)}`} stretch={stretch} />
        ))}
      </ul>
    </section>
  );
}

function Row({ stretch }: { stretch: Stretch }) {
  const t = useWords();
  const can = usePlacing();
  const forbidden = usePlaced((s) => s.wish.forbidden);
  const name = stretch.name ?? t('deskWishNotName');
  const others = (but: readonly Stretch[]) =>
    can.wish({ forbidden: forbidden.flatMap((one) => (one === stretch ? but : [one])) });
  return (
    <li class="wish-stretch">
      <span>
        {name}
        <span class="wish-meters">
          {t('deskWishFrom')}{' '}
          <Meter
            label={t('deskWishFromOf', { name })}
            value={stretch.from_m}
            isFit={(m) => m < stretch.to_m}
            set={(from_m) => others([{ ...stretch, from_m }])}
          />{' '}
          {t('deskWishTo')}{' '}
          <Meter
            label={t('deskWishToOf', { name })}
            value={stretch.to_m}
            isFit={(m) => stretch.from_m < m}
            set={(to_m) => others([{ ...stretch, to_m }])}
          />{' '}
          m
        </span>
      </span>
      <Named name={name} at={stretch.at} forget={() => others([])} />
    </li>
  );
}

/** A chainage; what does not fit is not taken, and what stood there comes back. */
function Meter(props: { label: string; value: number; isFit(m: number): boolean; set(m: number): void }) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      type="number"
      min={0}
      step={1}
      aria-label={props.label}
      value={typed ?? Math.round(props.value)}
      onInput={(e) => setTyped(e.currentTarget.value)}
      onChange={(e) => {
        const m = e.currentTarget.valueAsNumber;
        setTyped(null);
        if (0 <= m && props.isFit(m)) props.set(m);
      }}
    />
  );
}
