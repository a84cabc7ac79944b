// What more may be wished: what every village has first, what may be moved, where a piece must stand, and where none can.
import '../../../style/wishes.css';
import { useId, useState } from 'preact/hooks';
import { useWords } from '../../../../panels/planner.ts';
import { MOST_MOVES } from '../../../placing/state.ts';
import { usePlaced, usePlacing } from '../context.ts';
import { Forbidden } from './Forbidden.tsx';
import { Required } from './Required.tsx';

export function Settings() {
  const t = useWords();
  const can = usePlacing();
  const wish = usePlaced((s) => s.wish);
  return (
    <div class="wishes">
      {wish.goal === 'sites' ? (
        <>
          <NumberField
            label={t('deskWishFair')}
            unit="%"
            hint={t('deskWishFairHint')}
            least={1}
            most={100}
            value={wish.fair_percent}
            set={(fair_percent) => can.wish({ fair_percent })}
          />
          <NumberField
            label={t('deskWishMoves')}
            unit=""
            hint={t('deskWishMovesHint')}
            least={0}
            most={MOST_MOVES}
            value={wish.moves === 0 ? null : wish.moves}
            set={(moves) => can.wish({ moves: moves ?? 0 })}
          />
        </>
      ) : (
        <p class="hint">{t('deskWishCounted')}</p>
      )}
      <Required />
      <Forbidden />
    </div>
  );
}

/** A number that may be left out; it may be half typed. */
function NumberField(props: {
  label: string;
  unit: string;
  hint: string;
  least: number;
  most: number;
  value: number | null;
  set(n: number | null): void;
}) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const { label, unit, hint, least, most, value, set } = props;
  return (
    <div class="wish-number">
      <label for={id}>{label}</label>
      <span class="limit-field">
        <input
          id={id}
          type="number"
          min={least}
          max={most}
          step={1}
          placeholder="–"
          aria-describedby={`${id}-hint`}
          value={typed ?? value ?? ''}
          onInput={(e) => {
            const text = e.currentTarget.value;
            const n = e.currentTarget.valueAsNumber;
            setTyped(text);
            if (text === '' || (least <= n && n <= most)) set(text === '' ? null : n);
          }}
          onBlur={() => setTyped(null)}
        />
        {unit !== '' && <span aria-hidden="true">{unit}</span>}
      </span>
      <small id={`${id}-hint`}>{hint}</small>
    </div>
  );
}
