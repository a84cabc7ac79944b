// The form of a rescue point that is made or edited: what people call it, where it is, which pieces belong to it.
import { placeText } from '../../../shared/places.ts';
import type { Words } from '../../../shared/words.ts';
import { nameOfPiece } from '../../answers.ts';
import { CardHeading, conditionWord, kindWord } from '../../panels/parts.tsx';
import { usePart, useWords } from '../../panels/planner.ts';
import {
  BESIDE_M,
  type Offered,
  offeredTo,
  type PointFields,
  pointChanged,
  takenFrom,
} from '../points/draft.ts';
import type { PointSaid } from '../state.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { DraftPlace } from './DraftPlace.tsx';
import { Field, Wrong } from './parts.tsx';

export function PointForm() {
  const t = useWords();
  const { tell, can } = useAtDesk();
  const point = useDeskPart((s) => s.point);
  const isSaving = useDeskPart((s) => s.doing === 'savePoint');
  const region = usePart((s) => s.region);
  const points = useDeskPart((s) => (s.lists?.region === region ? s.lists.points : null));
  const pieces = usePart((s) => s.equipment.value);
  const marked = usePart((s) => s.marked);
  if (point === null || marked === null) return null;
  const { id, seen, said, theirs } = point;
  const say = (some: Partial<PointSaid>) => tell({ is: 'pointSaidSo', said: some });
  // A piece that is left out stays in the list, to be taken back.
  const known = [...(said.pieces ?? []), ...(seen?.fields.pieces ?? [])];
  const offered = offeredTo(marked, known, pieces ?? [], takenFrom(points ?? [], id));
  const beside = offered.filter((one) => one.away_m <= BESIDE_M).map(idOf);
  const own = said.pieces ?? beside;
  const mine: PointFields = { ...said, pieces: own, at: marked };
  const isUnchanged = seen !== null && pointChanged(seen.fields, mine).length === 0;
  const gone = pieces === null ? [] : own.filter((one) => !offered.some((offer) => idOf(offer) === one));
  const toggle = (one: string) =>
    say({ pieces: own.includes(one) ? own.filter((other) => other !== one) : [...own, one] });
  return (
    <article class="card">
      <CardHeading onBack={can.closeDraft}>
        {seen === null ? t('deskNewPoint') : t('deskEditing', { code: seen.fields.name })}
      </CardHeading>
      <form
        class="desk-form"
        onSubmit={(e) => {
          e.preventDefault();
          void can.savePoint();
        }}
      >
        <Field label={t('deskField_name')} hint={t('deskPointNameHint')}>
          <input
            type="text"
            required
            maxLength={200}
            autocomplete="off"
            value={said.name}
            onInput={(e) => say({ name: e.currentTarget.value })}
          />
        </Field>
        <fieldset class="desk-belongs">
          <legend>{t('deskBelongs')}</legend>
          {offered.map((offer) => (
            <label key={idOf(offer)} class="check">
              <input
                type="checkbox"
                checked={own.includes(idOf(offer))}
                onChange={() => toggle(idOf(offer))}
              />
              <span>{offeredText(t, offer)}</span>
            </label>
          ))}
          {gone.map((one) => (
            <label key={one} class="check">
              <input type="checkbox" checked onChange={() => toggle(one)} />
              <span>{t('deskPieceGone', { id: one })}</span>
            </label>
          ))}
          {offered.length + gone.length === 0 && <p class="hint">{t('deskNoneNear')}</p>}
        </fieldset>
        <Field label={t('deskNote')}>
          <textarea
            rows={2}
            maxLength={2000}
            value={said.note}
            onInput={(e) => say({ note: e.currentTarget.value })}
          />
        </Field>
        <button type="submit" class="visually-hidden" tabIndex={-1} aria-hidden="true" disabled={isSaving} />
      </form>
      <DraftPlace />
      <p class="hint">{t('deskAtBank')}</p>
      <div class="desk-save">
        <Wrong deeds={['savePoint']} />
        {theirs !== null && <Theirs theirs={theirs} mine={mine} />}
        <button
          type="button"
          class="button is-main"
          disabled={isSaving || isUnchanged || said.name.trim() === ''}
          onClick={() => void can.savePoint()}
        >
          {t(isSaving ? 'deskSaving' : 'deskSave')}
        </button>
        <button type="button" class="button" onClick={can.closeDraft}>
          {t('deskCancel')}
        </button>
        <p class="hint" role="status">
          {isSaving ? t('deskSaving') : isUnchanged ? t('deskNothingChanged') : ''}
        </p>
      </div>
    </article>
  );
}

const idOf = ({ piece }: Offered) => piece.properties.id;

function offeredText(t: Words, { piece: { properties: p }, away_m }: Offered): string {
  const what = t('pieceHeading', { kind: t(kindWord(p.kind)), code: p.code });
  const state = p.condition === 'usable' ? '' : ` · ${t(conditionWord(p.condition))}`;
  return `${what} · ${t.meters(away_m)}${state}`;
}

/** Where somebody else's version differs from one's own: one's own is written by saving again. */
function Theirs({ theirs, mine }: { theirs: PointFields; mine: PointFields }) {
  const t = useWords();
  const codes = usePart((s) => t.list(theirs.pieces.map((id) => nameOfPiece(s, id))));
  const texts: Record<keyof PointFields, string> = {
    name: theirs.name,
    note: theirs.note,
    at: placeText(theirs.at),
    pieces: codes,
  };
  const fields = pointChanged(theirs, mine);
  if (fields.length === 0) return null;
  return (
    <div class="note">
      <p>{t('deskPointTheirs')}</p>
      <ul>
        {fields.map((field) => (
          <li key={field}>{t('deskIs', { field: t(`deskField_${field}`), text: texts[field] || '—' })}</li>
        ))}
      </ul>
    </div>
  );
}
