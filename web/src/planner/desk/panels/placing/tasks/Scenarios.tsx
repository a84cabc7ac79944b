// Scenarios side by side: what is on the page, and what was put aside to be compared with it.
import { useState } from 'preact/hooks';
import { KINDS } from '../../../../../shared/contract.ts';
import { evaluationOf, isPending } from '../../../../answers.ts';
import { kindWord } from '../../../../panels/parts.tsx';
import { usePart, useWords } from '../../../../panels/planner.ts';
import { type Kept, MOST_KEPT } from '../../../placing/state.ts';
import { usePlaced, usePlacing } from '../context.ts';

type Shown = Pick<Kept, 'name' | 'whatIfs' | 'limit_m' | 'bank_m' | 'before_m' | 'after_m'>;

export function Scenarios() {
  const t = useWords();
  const can = usePlacing();
  const kept = usePlaced((s) => s.kept);
  const whatIfs = usePart((s) => s.scenario.whatIfs);
  const evaluation = usePart((s) => (isPending(s) ? null : evaluationOf(s)));
  const [name, setName] = useState('');
  if (whatIfs.length === 0 && kept.length === 0) return null;
  const columns: Shown[] = [...kept];
  if (evaluation !== null) {
    const { before, after, limit_m } = evaluation;
    columns.unshift({
      name: t('deskSiteNow'),
      whatIfs,
      limit_m,
      bank_m: after.bank_m,
      before_m: before.covered_m,
      after_m: after.covered_m,
    });
  }
  const kinds = KINDS.filter((kind) => columns.some((one) => one.whatIfs.some((w) => w.kind === kind)));
  const share = ({ after_m, bank_m }: Shown) => t.percent(bank_m === 0 ? 0 : after_m / bank_m);
  const rows: [string, (one: Shown) => string][] = [
    [t('deskSiteAxisN'), (one) => t.count(one.whatIfs.length)],
    // How many of each kind, where there are several.
    ...(kinds.length < 2 ? [] : kinds).map((kind): [string, (one: Shown) => string] => [
      t(kindWord(kind)),
      (one) => t.count(one.whatIfs.filter((w) => w.kind === kind).length),
    ]),
    [t('deskSiteLimit'), (one) => t.meters(one.limit_m)],
    [t('deskSiteBefore'), (one) => t.meters(one.before_m)],
    [t('deskSiteAfter'), (one) => t.meters(one.after_m)],
    [t('deskSiteGain'), (one) => t.meters(one.after_m - one.before_m)],
    [t('deskSiteShare'), share],
  ];
  const free = name.trim() || freeName(kept, (n) => t('deskSiteScenarioN', { n }));
  const isNew = kept.every((one) => one.name !== free);
  return (
    <section class="placing-scenarios" aria-label={t('deskSiteScenarios')}>
      <h2>{t('deskSiteScenarios')}</h2>
      <form
        class="placing-keep"
        onSubmit={(e) => {
          e.preventDefault();
          can.keep(free);
          setName('');
        }}
      >
        <input
          type="text"
          aria-label={t('deskSiteName')}
          placeholder={free}
          maxLength={30}
          value={name}
          onInput={(e) => setName(e.currentTarget.value)}
        />
        <button
          type="submit"
          class="button"
          disabled={evaluation === null || whatIfs.length === 0 || (isNew && kept.length === MOST_KEPT)}
        >
          {t('deskSiteKeep')}
        </button>
      </form>
      <p class="hint">{t('deskSiteKeepHint', { n: MOST_KEPT })}</p>
      {columns.length > 0 && (
        <div class="placing-scroll">
          <table class="placing-table">
            <thead>
              <tr>
                <td />
                {columns.map((one) => (
                  <th key={one.name} scope="col">
                    {one.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([what, text]) => (
                <tr key={what}>
                  <th scope="row">{what}</th>
                  {columns.map((one) => (
                    <td key={one.name}>{text(one)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ul class="desk-rows">
        {kept.map((one) => (
          <li key={one.name}>
            <span>{one.name}</span>
            <span class="desk-do">
              <button
                type="button"
                class="button is-small"
                aria-label={t('deskSiteUseOne', { name: one.name })}
                onClick={() => can.takeUp(one)}
              >
                {t('deskSiteUse')}
              </button>
              <button
                type="button"
                class="button is-small"
                aria-label={t('deskSiteForgetOne', { name: one.name })}
                onClick={() => can.forget(one.name)}
              >
                {t('deskSiteForget')}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function freeName(kept: readonly Kept[], nameOf: (n: number) => string): string {
  const names = [1, 2, 3, 4].map(nameOf);
  return names.find((name) => kept.every((one) => one.name !== name)) ?? '';
}
