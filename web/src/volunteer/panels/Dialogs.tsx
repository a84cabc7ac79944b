// What is asked before something is done, from below, near the thumb.
import { useEffect, useRef, useState } from 'preact/hooks';
import { CHECKED, type How, type Piece, REASONS, type Stop } from '../../shared/duty.ts';
import type { Key } from '../../shared/words.ts';
import { ownRun } from '../next.ts';
import { codeIn, partners, pieceWith } from '../pack.ts';
import { usePage, usePart, useWords } from './context.ts';
import { NearestList } from './MapTab.tsx';
import { CallButton, Icon, Sheet } from './parts.tsx';
import { ByPassword } from './SignIn.tsx';
import { entryText, pieceName } from './texts.ts';

export function Dialogs() {
  const dialog = usePart((s) => s.dialog);
  switch (dialog?.is) {
    case 'consent':
      return <Consent />;
    case 'skip':
      return <Skip stop={dialog.stop} />;
    case 'far':
      return <Far stop={dialog.stop} m={dialog.m} />;
    case 'finish':
      return <Finish />;
    case 'code':
      return <Code />;
    case 'piece':
      return <OnePiece piece={dialog.piece} how={dialog.how} />;
    case 'drop':
      return <Drop uuid={dialog.uuid} />;
    case 'water':
      return <Emergency />;
    case 'reminder':
      return <Reminder />;
    case 'cannot':
      return <Cannot />;
    case 'signIn':
      return <SignInAgain />;
    case 'signOut':
      return <SignOut />;
    default:
      return null;
  }
}

function useClose() {
  const { dispatch } = usePage();
  return () => dispatch({ is: 'dialogOpened', dialog: null });
}

function Consent() {
  const t = useWords();
  const { deeds } = usePage();
  const days = usePart((s) => s.pack?.value.track_days ?? 30);
  const answer = (consent: boolean) => {
    deeds.consent(consent);
    deeds.start();
  };
  return (
    <Sheet heading={t('volTrackAsk')}>
      <p>{t('volTrackText', { n: days })}</p>
      <p class="hint">{t('volTrackFine')}</p>
      <button type="button" class="button is-main is-large" onClick={() => answer(true)}>
        {t('volTrackAgree')}
      </button>
      <button type="button" class="button is-full" onClick={() => answer(false)}>
        {t('volTrackRefuse')}
      </button>
    </Sheet>
  );
}

function Skip({ stop }: { stop: Stop }) {
  const t = useWords();
  const { deeds } = usePage();
  return (
    <Sheet heading={t('volSkipAsk', { n: stop.rank })}>
      {REASONS.map((reason) => (
        <button type="button" class="button is-large" key={reason} onClick={() => deeds.skip(stop, reason)}>
          {t(`volReason_${reason}`)}
        </button>
      ))}
    </Sheet>
  );
}

function Far({ stop, m }: { stop: Stop; m: number }) {
  const t = useWords();
  const { deeds } = usePage();
  const close = useClose();
  return (
    <Sheet heading={t('volFar', { m: t.meters(m) })}>
      <p>{t('volFarMore')}</p>
      <button type="button" class="button is-main is-large" onClick={close}>
        {t('volFarNot')}
      </button>
      <button type="button" class="button is-full" onClick={() => deeds.checkIn(stop)}>
        {t('volFarStill')}
      </button>
    </Sheet>
  );
}

function Finish() {
  const t = useWords();
  const { deeds } = usePage();
  const close = useClose();
  const left = usePart((s) => {
    const { done } = ownRun(s);
    return s.pack?.value.patrol?.way.stops.filter(({ stretch }) => !done.has(stretch)).length ?? 0;
  });
  return (
    <Sheet heading={t('volFinishAsk', { n: left })}>
      <button type="button" class="button is-main is-large" onClick={close}>
        {t('volGoOn')}
      </button>
      <button type="button" class="button is-full" onClick={deeds.finish}>
        {t('volFinish')}
      </button>
    </Sheet>
  );
}

/** A piece by its code, typed or read by the camera. */
function Code() {
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

function OnePiece({ piece, how }: { piece: Piece; how: How }) {
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

function Drop({ uuid }: { uuid: string }) {
  const t = useWords();
  const { deeds } = usePage();
  const close = useClose();
  const text = usePart((s) => {
    const entry = s.entries.find((one) => one.uuid === uuid);
    return entry === undefined ? '' : entryText(t, entry, s);
  });
  return (
    <Sheet heading={t('volDropAsk')}>
      <p>{text}</p>
      <button type="button" class="button is-main is-large" onClick={close}>
        {t('volKeep')}
      </button>
      <button type="button" class="button is-full is-no" onClick={() => deeds.drop(uuid)}>
        {t('volDelete')}
      </button>
    </Sheet>
  );
}

const SERVICES = ['police', 'ambulance', 'fire', 'emergency'];

function Emergency() {
  const t = useWords();
  const pack = usePart((s) => s.pack?.value ?? null);
  const calls = Object.entries(pack?.calls ?? {}).sort(([a], [b]) => rank(a) - rank(b));
  const others = pack === null ? [] : partners(pack).filter(({ phone }) => phone !== null);
  return (
    <Sheet heading={t('volInWater')} class="is-emergency">
      <div class="calls">
        {calls.map(([service, phone]) => (
          <CallButton
            key={service}
            phone={phone}
            name={nameOf(service)}
            word={`${nameOf(service)} ${phone}`}
          />
        ))}
      </div>
      <ol class="steps">
        <li>{t('volStep_1')}</li>
        <li>{t('volStep_2')}</li>
        <li>{t('volStep_3')}</li>
      </ol>
      <NearestList />
      {others.length > 0 && (
        <div class="calls is-partners">
          {others.map(({ id, name, phone }) => (
            <CallButton key={id} phone={phone ?? ''} name={name} word={name} />
          ))}
        </div>
      )}
      <p class="hint">{t('volInWaterLogged')}</p>
    </Sheet>
  );
  function rank(service: string): number {
    const place = SERVICES.indexOf(service);
    return place < 0 ? SERVICES.length : place;
  }
  function nameOf(service: string): string {
    return SERVICES.includes(service) ? t(`volCall_${service}` as Key) : service;
  }
}

/** Large enough to be read with arms stretched, and aloud for who cannot. */
function Reminder() {
  const t = useWords();
  const { deeds } = usePage();
  const own = usePart((s) => s.pack?.value.reminder[s.language]);
  // The region may say it in its own words.
  const text = own ?? t('volReminderUsual');
  return (
    <Sheet heading={t('volReminder')} class="is-big">
      {text.split(/\n+/).map((line) => (
        <p key={line}>{line}</p>
      ))}
      {'speechSynthesis' in globalThis && (
        <button type="button" class="button is-main is-large" onClick={() => deeds.readAloud(text)}>
          <Icon name="speak" />
          {t('volReadAloud')}
        </button>
      )}
    </Sheet>
  );
}

function Cannot() {
  const t = useWords();
  const { deeds } = usePage();
  const close = useClose();
  return (
    <Sheet heading={t('volCannotAsk')}>
      <p>{t('volCannotMore')}</p>
      <button type="button" class="button is-full is-no" onClick={() => deeds.answer('cannot')}>
        {t('volCannot')}
      </button>
      <button type="button" class="button is-main is-large" onClick={close}>
        {t('back')}
      </button>
    </Sheet>
  );
}

function SignInAgain() {
  const t = useWords();
  return (
    <Sheet heading={t('volSignInAgain')}>
      <ByPassword />
    </Sheet>
  );
}

function SignOut() {
  const t = useWords();
  const { deeds } = usePage();
  const close = useClose();
  const isActive = usePart((s) => ownRun(s).state === 'active');
  const waiting = usePart((s) => s.entries.filter(({ state }) => state.is !== 'sent').length);
  return (
    <Sheet heading={t('volSignOutAsk')}>
      {isActive && <p class="note is-fault">{t('volSignOutActive')}</p>}
      {waiting > 0 && <p>{t('volSignOutWaiting', { n: waiting })}</p>}
      <button type="button" class="button is-full is-no" onClick={deeds.signOut}>
        {t('volSignOut')}
      </button>
      <button type="button" class="button is-main is-large" onClick={close}>
        {t('back')}
      </button>
    </Sheet>
  );
}
