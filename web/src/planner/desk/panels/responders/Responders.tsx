// Those who may be called: found by kind, name or village, who of them comes now, and the form of one of them.
import '../../style/responders.css';
import { useEffect, useRef } from 'preact/hooks';
import { RESPONDER_KINDS, type Responder, type ResponderKind } from '../../../../shared/responders.ts';
import { Skeleton } from '../../../panels/parts.tsx';
import { useWords } from '../../../panels/planner.ts';
import { found } from '../../responders/state.ts';
import { Field } from '../parts.tsx';
import { useResponders, useRespondersPart } from './context.ts';
import { ResponderForm } from './ResponderForm.tsx';
import { ResponderRow } from './ResponderRow.tsx';
import { Versions } from './Versions.tsx';
import { ResponderWrong } from './Wrong.tsx';

export function Responders() {
  const t = useWords();
  const can = useResponders();
  const draft = useRespondersPart((s) => s.draft);
  const conflict = useRespondersPart((s) => s.conflict);
  const box = useRef<HTMLElement>(null);
  // Where the form was opened is where one goes on.
  const before = useRef<string | null>(null);
  const id = draft === null ? null : (draft.seen?.id ?? '');
  useEffect(() => {
    const was = before.current;
    before.current = id;
    if (was === null || id !== null) return;
    const buttons = [...(box.current?.querySelectorAll<HTMLElement>('[data-opens]') ?? [])];
    (buttons.find(({ dataset }) => dataset.opens === was) ?? buttons[0])?.focus();
  }, [id]);
  // Whoever looks elsewhere does not go on choosing.
  useEffect(() => () => can.pick(false), []);
  return (
    <section ref={box} class="responders" aria-label={t('deskView_responders')}>
      {draft === null ? <List /> : <ResponderForm key={draft.seen?.validator ?? ''} draft={draft} />}
      {conflict !== null && <Versions conflict={conflict} />}
    </section>
  );
}

function List() {
  const t = useWords();
  const can = useResponders();
  const all = useRespondersPart((s) => s.all);
  const hasFailed = useRespondersPart((s) => s.fault?.what === 'list');
  return (
    <>
      <p class="hint">{t('deskResponderMeans')}</p>
      <button type="button" class="button is-main" data-opens="" onClick={() => can.open(null)}>
        {t('deskResponderAdd')}
      </button>
      <ResponderWrong what="list" />
      {hasFailed && (
        <button type="button" class="button" onClick={() => void can.look()}>
          {t('retry')}
        </button>
      )}
      {all === null && !hasFailed && <Skeleton rows={6} doing="page" />}
      {all?.length === 0 && <p class="empty">{t('deskResponderNone')}</p>}
      {all !== null && all.length > 0 && <Found all={all} />}
    </>
  );
}

function Found({ all }: { all: readonly Responder[] }) {
  const t = useWords();
  const can = useResponders();
  const looked = useRespondersPart((s) => s.looked);
  const shown = found({ all, looked });
  const groups = RESPONDER_KINDS.map((kind) => [kind, shown.filter((one) => one.kind === kind)] as const);
  return (
    <>
      <div class="responders-filter">
        <Field label={t('deskResponderFind')}>
          <input
            type="search"
            value={looked.text}
            onInput={(e) => can.lookFor({ text: e.currentTarget.value })}
          />
        </Field>
        <Field label={t('deskField_kind')}>
          <select
            value={looked.kind}
            onChange={(e) => can.lookFor({ kind: e.currentTarget.value as ResponderKind | 'all' })}
          >
            <option value="all">{t('deskResponderAll')}</option>
            {RESPONDER_KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`deskResponderKind_${one}`)}
              </option>
            ))}
          </select>
        </Field>
        <label class="check">
          <input
            type="checkbox"
            checked={looked.isOnOnly}
            onChange={(e) => can.lookFor({ isOnOnly: e.currentTarget.checked })}
          />
          <span>{t('deskResponderOnOnly')}</span>
        </label>
      </div>
      <p class="hint" role="status">
        {t('deskResponderFound', { n: shown.length, on: shown.filter(({ on_duty }) => on_duty).length })}
      </p>
      {groups.map(
        ([kind, ones]) =>
          ones.length > 0 && (
            <section key={kind} aria-label={t(`deskResponderKind_${kind}`)}>
              <h2>
                {t(`deskResponderKind_${kind}`)} <small>{t.count(ones.length)}</small>
              </h2>
              <ul>
                {ones.map((one) => (
                  <ResponderRow key={one.id} one={one} />
                ))}
              </ul>
            </section>
          ),
      )}
      {shown.length > 0 && <p class="hint">{t('deskResponderMap')}</p>}
    </>
  );
}
