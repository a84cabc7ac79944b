// The form of a piece that is put up or edited: what it is, where, in what state.
import { KINDS, type Kind } from '../../../shared/contract.ts';
import { CardHeading, conditionWord, kindWord } from '../../panels/parts.tsx';
import { usePart, useWords } from '../../panels/planner.ts';
import { regionOf } from '../../state.ts';
import { changed } from '../draft.ts';
import type { Said } from '../state.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { DraftPlace } from './DraftPlace.tsx';
import { Field, Wrong } from './parts.tsx';

const CONDITIONS = ['usable', 'damaged', 'missing', 'unverified'] as const;

export function DraftForm() {
  const t = useWords();
  const { tell, can } = useAtDesk();
  const draft = useDeskPart((s) => s.draft);
  const isSaving = useDeskPart((s) => s.doing === 'save');
  const marked = usePart((s) => s.marked);
  const zone = usePart((s) => regionOf(s)?.settings?.time_zone);
  if (draft === null || marked === null) return null;
  const { said, seen } = draft;
  const say = (some: Partial<Said>) => tell({ is: 'saidSo', said: some });
  const n_changed = seen === null ? null : changed(seen.fields, { ...said, at: marked }).length;
  return (
    <article class="card">
      <CardHeading onBack={can.closeDraft}>
        {draft.id === null ? t('deskNewPiece') : t('deskEditing', { code: draft.code })}
      </CardHeading>
      <form
        class="desk-form"
        onSubmit={(e) => {
          e.preventDefault();
          void can.save();
        }}
      >
        <div class="desk-pair">
          <Field label={t('deskKind')}>
            <select value={said.kind} onChange={(e) => say({ kind: e.currentTarget.value as Kind })}>
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(kindWord(kind))}
                </option>
              ))}
            </select>
          </Field>
          <Field label={t('deskCondition')}>
            <select
              value={said.condition}
              onChange={(e) => say({ condition: e.currentTarget.value as Said['condition'] })}
            >
              {CONDITIONS.map((condition) => (
                <option key={condition} value={condition}>
                  {t(conditionWord(condition))}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <Field label={t('deskPieceName')}>
          <input
            type="text"
            maxLength={200}
            autocomplete="off"
            value={said.name}
            onInput={(e) => say({ name: e.currentTarget.value })}
          />
        </Field>
        <div class="desk-pair is-date">
          <Field label={t('deskInspected')}>
            <input
              type="date"
              max={today(zone)}
              value={said.inspected_on}
              onInput={(e) => say({ inspected_on: e.currentTarget.value })}
            />
          </Field>
          <button type="button" class="button" onClick={() => say({ inspected_on: today(zone) })}>
            {t('deskToday')}
          </button>
        </div>
        <Field label={t('deskNote')}>
          <textarea
            rows={3}
            maxLength={2000}
            value={said.note}
            onInput={(e) => say({ note: e.currentTarget.value })}
          />
        </Field>
        <button type="submit" class="visually-hidden" tabIndex={-1} aria-hidden="true" disabled={isSaving} />
      </form>
      <DraftPlace />
      <Wrong deeds={['save', 'retire']} />
      <div class="desk-save">
        <button
          type="button"
          class="button is-main"
          disabled={isSaving || n_changed === 0}
          onClick={() => void can.save()}
        >
          {t(isSaving ? 'deskSaving' : 'deskSave')}
        </button>
        <button type="button" class="button" onClick={can.closeDraft}>
          {t('deskCancel')}
        </button>
        <p class="hint" role="status">
          {isSaving ? t('deskSaving') : n_changed === 0 ? t('deskNothingChanged') : ''}
        </p>
      </div>
    </article>
  );
}

/** The region's day: an inspection is written down where it was made. */
function today(zone: string | undefined): string {
  const day = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...(zone ? { timeZone: zone } : {}) });
  return day.format(Date.now());
}
