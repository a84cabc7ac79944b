// A piece by its code, typed or read by the camera, and what was seen of it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { CHECKED, type How, type Piece } from '../../../shared/duty.ts';
import { codeIn, pieceWith } from '../../code.ts';
import { usePage, usePart, useWords } from '../context.ts';
import { Icon, Sheet } from '../parts.tsx';
import { pieceName } from '../texts.ts';

export function Code() {
  const t = useWords();
  const { dispatch, deeds } = usePage();
  const pack = usePart((s) => s.pack?.value ?? null);
  const isReport = usePart((s) => s.tab === 'report');
  const [text, setText] = useState('');
  const [isUnknown, setUnknown] = useState<string | null>(null);
  const take = (said: string) => {
    const piece = pack === null ? null : pieceWith(pack, said);
    if (piece === null) setUnknown(codeIn(said));
    else if (isReport) {
      dispatch({ is: 'drafted', draft: { piece, is_chosen: true } });
      dispatch({ is: 'dialogOpened', dialog: null });
    } else dispatch({ is: 'dialogOpened', dialog: { is: 'piece', piece, how: 'code' } });
  };
  return (
    <Sheet heading={t('volCodeHeading')}>
      {deeds.scan !== null && <Scan found={take} />}
      <form
        class="form"
        onSubmit={(e) => {
          e.preventDefault();
          take(text);
        }}
      >
        <label class="field">
          <span>{t('volCodeType')}</span>
          <input
            type="text"
            autocapitalize="characters"
            autocomplete="off"
            spellcheck={false}
            value={text}
            onInput={(e) => setText(e.currentTarget.value)}
          />
        </label>
        <div role="alert">
          {isUnknown !== null && <p class="is-bad">{t('volCodeUnknown', { code: isUnknown })}</p>}
        </div>
        <button type="submit" class="button is-main is-large" disabled={text.trim() === ''}>
          {t('volCodeTake')}
        </button>
      </form>
    </Sheet>
  );
}

function Scan({ found }: { found(code: string): void }) {
  const t = useWords();
  const { deeds } = usePage();
  const video = useRef<HTMLVideoElement>(null);
  const [isOn, setOn] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    if (!isOn || video.current === null || deeds.scan === null) return;
    return deeds.scan(video.current, found, () => setFailed(true));
  }, [isOn]);
  if (hasFailed) return <p class="note">{t('volCameraFailed')}</p>;
  if (!isOn)
    return (
      <button type="button" class="button is-full" onClick={() => setOn(true)}>
        <Icon name="camera" />
        {t('volScan')}
      </button>
    );
  return <video class="scan" ref={video} muted playsInline aria-label={t('volScan')} />;
}

export function OnePiece({ piece, how }: { piece: Piece; how: How }) {
  const t = useWords();
  const { deeds } = usePage();
  return (
    <Sheet heading={pieceName(t, piece)}>
      {piece.name !== null && piece.code !== null && <p class="hint">{piece.name}</p>}
      {CHECKED.map((condition) => (
        <button
          type="button"
          class={`button is-large is-${condition}`}
          key={condition}
          onClick={() => deeds.check(piece, condition, how)}
        >
          {t(`condition_${condition}`)}
        </button>
      ))}
    </Sheet>
  );
}
