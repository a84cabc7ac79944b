// Anybody's report of what is missing, damaged or dangerous, at a piece or at a place. Fetched when it is asked for.
import { useEffect, useRef, useState } from 'preact/hooks';
import { type LonLat, type NewReport, type Receipt, SEEN, type Seen } from '../../shared/contract.ts';
import { placeText } from '../../shared/places.ts';
import type { Fault } from '../state.ts';
import { Modal } from './Modal.tsx';
import { type Reporting, usePart, useWords } from './planner.ts';
import { PhotoPicker, PhotoSending, type Picked } from './ReportPhotos.tsx';

export function ReportForm(props: {
  about: { id: string; code: string } | { at: LonLat };
  reporting: Reporting;
  onClose(): void;
}) {
  const t = useWords();
  const { about, reporting } = props;
  const kinds = 'at' in about ? (['hazard'] as const) : SEEN;
  const [kind, setKind] = useState<Seen>(kinds[0]);
  const [note, setNote] = useState('');
  const [photos, setPhotos] = useState<readonly Picked[]>([]);
  const shown = useRef(photos);
  shown.current = photos;
  const forget = () => {
    for (const { url } of shown.current) URL.revokeObjectURL(url);
  };
  useEffect(() => forget, []);
  const [isSending, setSending] = useState(false);
  const [came, setCame] = useState<Receipt | Fault | null>(null);
  const isInvented = usePart((s) => s.regions.value?.find(({ id }) => id === s.region)?.illustrative);
  const report = (): NewReport => ({
    kind,
    ...('at' in about ? { at: about.at } : { equipment: about.id }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  });
  const isDone = came !== null && 'id' in came;
  return (
    <Modal heading={t('reportHeading')} class="dialog is-small" onClose={props.onClose}>
      <p class="report-about">{'at' in about ? placeText(about.at) : about.code}</p>
      {isDone ? (
        <div class="report-done" role="status">
          <p>
            <b>{t('reportDone', { id: came.id })}</b>
          </p>
          <p>{t(came.heeded ? 'reportHeeded' : 'reportWaits')}</p>
          {photos.length > 0 && (
            <PhotoSending
              photos={photos}
              send={(photo, progress) => reporting.addPhoto(came, photo, progress)}
            />
          )}
          <button type="button" class="button is-main" onClick={props.onClose}>
            {t('close')}
          </button>
        </div>
      ) : (
        <form
          class="report"
          onSubmit={(e) => {
            e.preventDefault();
            if (isSending) return;
            setSending(true);
            reporting.send(report()).then((answer) => {
              setCame(answer);
              setSending(false);
            });
          }}
        >
          <fieldset>
            <legend>{t('reportWhat')}</legend>
            {kinds.map((one) => (
              <label key={one} class="check">
                <input type="radio" name="seen" checked={kind === one} onChange={() => setKind(one)} />
                <span>{t(`report_${one}`)}</span>
              </label>
            ))}
          </fieldset>
          <label class="report-note">
            <span>{t('reportNote')}</span>
            <textarea
              rows={3}
              maxLength={2000}
              required={kind === 'hazard'}
              value={note}
              onInput={(e) => setNote(e.currentTarget.value)}
            />
          </label>
          <PhotoPicker photos={photos} shrink={reporting.shrink} onChange={setPhotos} />
          <p class="note is-fault">{t('reportNotUrgent')}</p>
          {isInvented && <p class="hint">{t('reportInvented')}</p>}
          <div role="alert">{came !== null && 'what' in came && <p class="is-bad">{faultText(came)}</p>}</div>
          <button type="submit" class="button is-main" disabled={isSending}>
            {t(isSending ? 'reportSending' : 'reportSend')}
          </button>
        </form>
      )}
    </Modal>
  );

  function faultText(fault: Fault): string {
    if (fault.what === 'unreachable') return t('reportUnsent');
    const kind = fault.kind ?? '';
    if (kind === 'too-many-reports' || kind === 'reports-wait') return t('reportTooMany');
    return t('refused', { why: fault.why });
  }
}
