// Photos of a report: picked and looked at before it is sent, and then on their way.
import { useEffect, useState } from 'preact/hooks';
import type { Words } from '../../shared/words.ts';
import type { Fault } from '../state.ts';
import { IconButton } from './parts.tsx';
import { useWords } from './planner.ts';

/** A report has so many at most. */
export const MOST_PHOTOS = 3;

/** A photo as it is sent, and where it is shown from. */
export interface Picked {
  readonly photo: Blob;
  readonly url: string;
}

export function PhotoPicker(props: {
  photos: readonly Picked[];
  shrink(file: Blob): Promise<Blob | null>;
  onChange(photos: readonly Picked[]): void;
}) {
  const t = useWords();
  const { photos } = props;
  const [isReading, setReading] = useState(false);
  const [isOdd, setOdd] = useState(false);
  const left = MOST_PHOTOS - photos.length;
  const take = (files: readonly File[]) => {
    if (files.length === 0) return;
    setReading(true);
    Promise.all(files.slice(0, left).map(props.shrink)).then((shrunk) => {
      const read = shrunk.filter((photo) => photo !== null);
      setReading(false);
      setOdd(read.length < shrunk.length);
      props.onChange([...photos, ...read.map((photo) => ({ photo, url: URL.createObjectURL(photo) }))]);
    });
  };
  return (
    <fieldset class="report-photos">
      <legend>{t('reportPhotos', { n: MOST_PHOTOS })}</legend>
      <ul>
        {photos.map((one, index) => (
          <li key={one.url}>
            <img src={one.url} alt={t('reportPhotoAlt', { n: index + 1 })} />
            <IconButton
              label={t('reportPhotoRemove', { n: index + 1 })}
              icon="close"
              onClick={() => {
                URL.revokeObjectURL(one.url);
                props.onChange(photos.filter((other) => other !== one));
              }}
            />
          </li>
        ))}
        {0 < left && (
          <li>
            <label class="report-add">
              <span aria-hidden="true">＋</span>
              {t(isReading ? 'reportPhotoReading' : 'reportPhotoAdd')}
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
      <p class="hint">{t('reportPhotoHint')}</p>
      <div role="alert">{isOdd && <p class="is-bad">{t('reportPhotoUnread')}</p>}</div>
    </fieldset>
  );
}

/** How far a photo is: a share of it has gone, it is there, or why it is not. */
type Way = number | 'sent' | Fault;

export function PhotoSending(props: {
  photos: readonly Picked[];
  send(photo: Blob, progress: (share: number) => void): Promise<Fault | null>;
}) {
  const t = useWords();
  const { photos } = props;
  const [ways, setWays] = useState<readonly Way[]>(photos.map(() => 0));
  const put = (index: number, way: Way) =>
    setWays((before) => before.map((old, other) => (other === index ? way : old)));
  /** One after the other: a poor line is not shared. */
  const sendFrom = (indexes: readonly number[]) => {
    const [index, ...others] = indexes;
    const photo = index === undefined ? undefined : photos[index];
    if (index === undefined || photo === undefined) return;
    props
      .send(photo.photo, (share) => put(index, share))
      .then((fault) => {
        put(index, fault ?? 'sent');
        sendFrom(others);
      });
  };
  const send = (indexes: readonly number[]) => {
    for (const index of indexes) put(index, 0);
    sendFrom(indexes);
  };
  useEffect(() => send(photos.map((_, index) => index)), []);
  const failed = ways.flatMap((way, index) => (typeof way === 'object' ? [index] : []));
  const isUnderway = ways.some((way) => typeof way === 'number');
  const fault = ways.find((way) => typeof way === 'object');
  const n_sent = ways.filter((way) => way === 'sent').length;
  return (
    <div class="report-photos">
      <ul>
        {photos.map(({ url }, index) => {
          const way = ways[index] ?? 0;
          const name = t('reportPhotoAlt', { n: index + 1 });
          return (
            <li key={url} class={typeof way === 'object' ? 'is-unsent' : ''}>
              <img src={url} alt={name} />
              {typeof way === 'number' && <progress max={1} value={way} aria-label={name} />}
              {way === 'sent' && <span class="report-sent">✓</span>}
            </li>
          );
        })}
      </ul>
      <p role="status">
        {isUnderway
          ? t('reportPhotosSending')
          : failed.length === 0
            ? t('reportPhotosSent', { n: n_sent })
            : t('reportPhotosFailed', { n: n_sent, of: photos.length })}
      </p>
      {!isUnderway && fault !== undefined && (
        <div role="alert">
          <p class="is-bad">{photoFault(t, fault)}</p>
          <button type="button" class="button" onClick={() => send(failed)}>
            {t('reportPhotoRetry')}
          </button>
        </div>
      )}
    </div>
  );
}

function photoFault(t: Words, fault: Fault): string {
  if (fault.what === 'unreachable') return t('reportPhotoUnreachable');
  switch (fault.kind) {
    case 'busy':
    case 'too-slow':
      return t('reportPhotoBusy');
    case 'photos-wait':
      return t('reportPhotosWait');
    case 'no-photo-right':
      return t('reportPhotoTooLate');
    case 'bad-photo':
    case 'body-too-large':
      return t('reportPhotoUnread');
    default:
      return t('refused', { why: fault.why });
  }
}
