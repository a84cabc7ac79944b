// Several kinds at once: the reach of each where it has one of its own, and how many of each; and what is wrong with that.
import '../../../style/wishes.css';
import type { Kind } from '../../../../../shared/contract.ts';
import { kindWord } from '../../../../panels/parts.tsx';
import { usePart, useWords } from '../../../../panels/planner.ts';
import { counted, type PerKind, REACH, type Wrong as What, wrongIn } from '../../../placing/kinds.ts';
import { MOST_SITES } from '../../../placing/state.ts';
import { usePlaced, usePlacing } from '../context.ts';

const WRONG = 'placing-wrong';

export function Kinds() {
  const t = useWords();
  const can = usePlacing();
  const wish = usePlaced((s) => s.wish);
  const kinds = usePart((s) => s.kinds);
  const limit_m = usePart((s) => s.limit_m);
  const wrong = wrongIn(wish, kinds);
  const isCounted = wish.goal === 'sites';
  const isWrong = (kind: Kind, what: What['what']) =>
    wrong !== null && (wrong.what === 'sum' ? what === 'number' : wrong.what === what && wrong.kind === kind);
  return (
    <div class="wishes">
      <p class="hint">{t(isCounted ? 'deskWishKindsHint' : 'deskWishReachHint', { m: t.meters(limit_m) })}</p>
      <table class="placing-table wish-kinds">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('deskWishReach')}</th>
            {isCounted && <th scope="col">{t('deskSiteAxisN')}</th>}
          </tr>
        </thead>
        <tbody>
          {counted(wish, kinds).map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(kindWord(kind))}</th>
              <td>
                <Own
                  label={t('deskWishReachOf', { kind: t(kindWord(kind)) })}
                  most={REACH.most}
                  placeholder={String(limit_m)}
                  of={wish.limits}
                  kind={kind}
                  isWrong={isWrong(kind, 'limit')}
                  set={(limits) => can.wish({ limits })}
                />
              </td>
              {isCounted && (
                <td>
                  <Own
                    label={t('deskWishNumberOf', { kind: t(kindWord(kind)) })}
                    most={MOST_SITES}
                    placeholder="–"
                    of={wish.numbers}
                    kind={kind}
                    isWrong={isWrong(kind, 'number')}
                    set={(numbers) => can.wish({ numbers })}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A number that a kind has of its own; also what cannot be meant is taken, and told. */
function Own(props: {
  label: string;
  most: number;
  placeholder: string;
  of: PerKind;
  kind: Kind;
  isWrong: boolean;
  set(of: PerKind): void;
}) {
  const { label, most, placeholder, of, kind, isWrong, set } = props;
  const value = of[kind] ?? '';
  return (
    <input
      type="number"
      aria-label={label}
      aria-invalid={isWrong}
      {...(isWrong && { 'aria-describedby': WRONG })}
      min={1}
      max={most}
      step={1}
      placeholder={placeholder}
      value={Number.isNaN(value) ? undefined : value}
      onInput={({ currentTarget: { value: text, validity, valueAsNumber } }) =>
        set({ ...of, [kind]: text === '' && !validity?.badInput ? null : valueAsNumber })
      }
    />
  );
}

export function Wrong() {
  const t = useWords();
  const wish = usePlaced((s) => s.wish);
  const wrong = wrongIn(
    wish,
    usePart((s) => s.kinds),
  );
  if (wrong === null) return null;
  const text = () => {
    const values = { ...REACH, most_n: MOST_SITES };
    if (wrong.what === 'sum') return t('deskWishWrong_sum', { n: wrong.n, ...values });
    return t(`deskWishWrong_${wrong.what}`, { kind: t(kindWord(wrong.kind)), ...values });
  };
  return (
    <p id={WRONG} class="note is-fault">
      {text()}
    </p>
  );
}
