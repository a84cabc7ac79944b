// Something seen: what kind, at which piece, with photos; kept on the phone first.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { apart } from '../../shared/places.ts';
import { isFresh } from '../position.ts';
import type { ReportKind } from '../state.ts';
import { usePage, usePart, useWords } from './context.ts';
import { Icon, Mark } from './parts.tsx';
import { pieceName } from './texts.ts';

const KINDS: readonly ReportKind[] = ['missing', 'damaged', 'moved', 'blocked', 'rail', 'other'];
/** A report has so many at most. */
const MOST_PHOTOS = 3;
/** A piece so near is likely the one that is meant. */
const LIKELY_M = 60;

export function Report() {
  const t = useWords();
  const { dispatch, deeds } = usePage();
  const kind = usePart((s) => s.draft.kind);
  const reported = usePart((s) => s.entries.find(({ uuid }) => uuid === s.reported) ?? null);
  const hasPack = usePart((s) => s.pack !== null);
  if (!hasPack) return <p class="empty">{t('volNoPack')}</p>;
  if (reported !== null && kind === null)
    return (
      <section class="reported" role="status">
        <p class="big-tick">✓</p>
        <h1>{t('volReportSaved')}</h1>
        <p>
          <Mark entry={reported} />
        </p>
        {reported.state.is === 'sent' && reported.state.report !== null ? (
          <p>{t('volReportNumber', { id: `${reported.state.report}` })}</p>
        ) : (
          <p class="hint">{t('volReportWaits')}</p>
        )}
        <button
          type="button"
          class="button is-main is-large"
          onClick={() => dispatch({ is: 'tabPicked', tab: 'task' })}
        >
          {t('volBackToTask')}
        </button>
        <button
          type="button"
          class="button is-full is-quiet"
          onClick={() => dispatch({ is: 'tabPicked', tab: 'report' })}
        >
          {t('volReportMore')}
        </button>
      </section>
    );
  return (
    <section class="report">
      <h1>{t('volReportHeading')}</h1>
      <fieldset class="tiles">
        <legend class="visually-hidden">{t('volReportHeading')}</legend>
        {KINDS.map((one) => (
          <button
            type="button"
            key={one}
            aria-pressed={kind === one}
            onClick={() => dispatch({ is: 'drafted', draft: { kind: one } })}
          >
            <Icon name={one} />
            {t(`volReport_${one}`)}
          </button>
        ))}
      </fieldset>
      <Which />
      {kind !== null && (
        <>
          <Photos />
          <Note />
          <Submit run={deeds.report} />
        </>
      )}
      <p class="hint">{t('volNotUrgent')}</p>
    </section>
  );
}

/** The piece that is meant: the nearest, unless another is chosen. */
function Which() {
  const t = useWords();
  const { dispatch } = usePage();
  const draft = usePart((s) => s.draft);
  const pieces = usePart((s) => s.pack?.value.equipment ?? null);
  const fix = usePart((s) => (isFresh(s.fix, s.now_ms) ? s.fix : null));
  const near = useMemo(
    () =>
      fix === null
        ? []
        : (pieces ?? [])
            .map((piece) => ({ piece, m: apart(fix.at, piece.at) }))
            .sort((a, b) => a.m - b.m)
            .slice(0, 5),
    [pieces, fix],
  );
  const [first] = near;
  const likely = first !== undefined && first.m <= LIKELY_M ? first.piece : null;
  useEffect(() => {
    if (!draft.is_chosen && draft.piece?.id !== likely?.id)
      dispatch({ is: 'drafted', draft: { piece: likely } });
  }, [likely?.id, draft.is_chosen]);
  const choose = (id: string) => {
    const piece = (pieces ?? []).find((one) => one.id === id) ?? null;
    dispatch({ is: 'drafted', draft: { piece, is_chosen: true } });
  };
  const listed = near.map(({ piece }) => piece);
  if (draft.piece !== null && !listed.some(({ id }) => id === draft.piece?.id)) listed.unshift(draft.piece);
  return (
    <div class="which">
      <label class="field">
        <span>{t('volWhich')}</span>
        <select value={draft.piece?.id ?? ''} onChange={(e) => choose(e.currentTarget.value)}>
          <option value="">{t('volNoPiece')}</option>
          {listed.map((piece) => {
            const m = near.find((one) => one.piece === piece)?.m;
            return (
              <option key={piece.id} value={piece.id}>
                {pieceName(t, piece)}
                {m === undefined ? '' : ` · ${t.meters(m)}`}
              </option>
            );
          })}
        </select>
      </label>
      <button
        type="button"
        class="button"
        onClick={() => dispatch({ is: 'dialogOpened', dialog: { is: 'code' } })}
      >
        <Icon name="code" />
        {t('volCode')}
      </button>
    </div>
  );
}

function Photos() {
  const t = useWords();
  const { dispatch, deeds } = usePage();
  const photos = usePart((s) => s.draft.photos);
  const [isReading, setReading] = useState(false);
  const [isOdd, setOdd] = useState(false);
  const left = MOST_PHOTOS - photos.length;
  const urls = useMemo(() => photos.map((photo) => URL.createObjectURL(photo)), [photos]);
  useEffect(
    () => () => {
      for (const url of urls) URL.revokeObjectURL(url);
    },
    [urls],
  );
  const take = (files: readonly File[]) => {
    setReading(true);
    Promise.all(files.slice(0, left).map(deeds.shrink)).then((shrunk) => {
      const read = shrunk.filter((photo) => photo !== null);
      setReading(false);
      setOdd(read.length < shrunk.length);
      dispatch({ is: 'drafted', draft: { photos: [...photos, ...read] } });
    });
  };
  return (
    <fieldset class="photos">
      <legend>{t('volPhotos', { n: MOST_PHOTOS })}</legend>
      <ul>
        {urls.map((url, index) => (
          <li key={url}>
            <img src={url} alt={t('volPhotoN', { n: index + 1 })} />
            <button
              type="button"
              class="round"
              aria-label={t('volPhotoRemove', { n: index + 1 })}
              onClick={() =>
                dispatch({ is: 'drafted', draft: { photos: photos.filter((_, i) => i !== index) } })
              }
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
        {left > 0 && (
          <li>
            <label class="photo-add">
              <Icon name="camera" />
              {t(isReading ? 'volPhotoReading' : 'volPhotoAdd')}
              <input
                type="file"
                accept="image/*"
                multiple
                class="visually-hidden"
                disabled={isReading}
                onChange={(e) => {
                  const input = e.currentTarget;
                  take([...(input.files ?? [])]);
                  // So that the same one can be picked again after it was removed.
                  input.value = '';
                }}
              />
            </label>
          </li>
        )}
      </ul>
      <div role="alert">{isOdd && <p class="is-bad">{t('volPhotoUnread')}</p>}</div>
    </fieldset>
  );
}

function Note() {
  const t = useWords();
  const { dispatch } = usePage();
  const note = usePart((s) => s.draft.note);
  return (
    <label class="field">
      <span>{t('volNote')}</span>
      <textarea
        rows={2}
        maxLength={1900}
        value={note}
        onInput={(e) => dispatch({ is: 'drafted', draft: { note: e.currentTarget.value } })}
      />
    </label>
  );
}

function Submit({ run }: { run(): void }) {
  const t = useWords();
  const { deeds } = usePage();
  const draft = usePart((s) => s.draft);
  const hasPlace = usePart((s) => isFresh(s.fix, s.now_ms));
  const needsPlace = draft.piece === null && !hasPlace;
  const needsWords = draft.kind === 'other' && draft.note.trim() === '' && draft.photos.length === 0;
  return (
    <>
      {needsPlace && (
        <div class="note">
          <p>{t('volNeedsPlace')}</p>
          <button type="button" class="button" onClick={deeds.locate}>
            {t('volLocate')}
          </button>
        </div>
      )}
      <button type="button" class="button is-main is-large" disabled={needsPlace || needsWords} onClick={run}>
        {t(needsWords ? 'volNeedsWords' : 'volReportSend')}
      </button>
    </>
  );
}
