// What makes bank count more than other bank: houses, schools and past incidents near it.
import '../../../style/wishes.css';
import { useId } from 'preact/hooks';
import { useWords } from '../../../../panels/planner.ts';
import { NEAR, type Near } from '../../../placing/kinds.ts';
import { usePlaced, usePlacing } from '../context.ts';

/** As usual, twice, three times. */
const TIMES = [0, 1, 2] as const;

export function Weights() {
  return (
    <div class="wishes">
      {NEAR.map((what) => (
        <Weight key={what} what={what} />
      ))}
    </div>
  );
}

function Weight({ what }: { what: Near }) {
  const id = useId();
  const t = useWords();
  const can = usePlacing();
  const near = usePlaced((s) => s.wish.near);
  return (
    <div class="wish-number">
      <label for={id}>{t(`deskWishNear_${what}`)}</label>
      <select
        id={id}
        aria-describedby={`${id}-hint`}
        value={near[what]}
        onChange={(e) => can.wish({ near: { ...near, [what]: Number(e.currentTarget.value) } })}
      >
        {TIMES.map((more) => (
          <option key={more} value={more}>
            {t(`deskWishTimes_${more}`)}
          </option>
        ))}
      </select>
      <small id={`${id}-hint`}>{t(`deskWishNearHint_${what}`)}</small>
    </div>
  );
}
