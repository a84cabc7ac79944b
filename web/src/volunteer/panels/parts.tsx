// Small pieces that several panels are made of.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LonLat } from '../../shared/contract.ts';
import type { Key } from '../../shared/words.ts';
import type { Entry } from '../outbox/entry.ts';
import { bearing, windOf } from '../position.ts';
import { useClock, usePage, usePart, useWords } from './context.ts';

const ICONS = {
  task: 'M6 4h12v17H6z M9 4V2.8h6V4 M9 10h6 M9 14h6',
  map: 'm3 6 6-2.5 6 2.5 6-2.5v15L15 21l-6-2.5L3 21z M9 3.5v15 M15 6v15',
  report: 'M12 3 2.5 20h19z M12 10v5 M12 17.6v.4',
  me: 'M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9z M4 21c.6-4.4 3.6-6.5 8-6.5s7.4 2.1 8 6.5',
  call: 'M5 3.5h4l1.5 5-2.4 1.6a12 12 0 0 0 5.8 5.8l1.6-2.4 5 1.5v4c0 1-1 1.6-2 1.5C10.5 19.8 4.2 13.5 3.5 5.500c-.1-1 .5-2 1.5-2z',
  check: 'm4.5 12.5 5 5 10-11',
  close: 'M5 5l14 14 M19 5 5 19',
  camera: 'M3 7.500h4l1.5-2.500h7L17 7.500h4V19H3z M12 9.500a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  code: 'M4 9V4h5 M15 4h5v5 M20 15v5h-5 M9 20H4v-5 M8 8h3v3H8z M13 13h3v3h-3z M13 8h3v3h-3z M8 13h3v3H8z',
  missing: 'M6 20 18 4 M4 4l16 16',
  damaged: 'M5 20 10.5 12.500l-1-2.5 3-1.5-.5-2.500L19 3 M3 12l3 1 M18 13l3-1 M12 18l1 3',
  moved: 'M3 12h15 M13 6l6 6-6 6',
  blocked: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M5.8 5.800l12.4 12.4',
  rail: 'M3 9h18 M3 14h18 M6 6v13 M12 6v13 M18 6v13',
  other: 'M8.5 8.5a3.6 3.6 0 1 1 5.4 3.1c-1.2.8-1.9 1.5-1.9 2.9 M12 18.5v.3',
  trash: 'M4 7h16 M9 7V4h6v3 M6 7l1 13h10l1-13',
  speak: 'M4 9.500h4l5-4v13l-5-4H4z M16.5 9a4 4 0 0 1 0 6 M19 6.500a7.5 7.5 0 0 1 0 11',
  locate: 'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10z M12 2v5 M12 17v5 M2 12h5 M17 12h5',
} as const;
export type IconName = keyof typeof ICONS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={ICONS[name]} />
    </svg>
  );
}

/** Nobody knows where the phone is: what that means here, and a button that asks it. */
export function Unplaced({ says }: { says: string }) {
  const t = useWords();
  const { deeds } = usePage();
  const isAsking = usePart((s) => s.locating === 'asking');
  return (
    <div class="how-far is-unknown">
      <p role="status">{isAsking ? t('volLocating') : says}</p>
      {!isAsking && (
        <button type="button" class="button" onClick={deeds.locate}>
          <Icon name="locate" />
          {t('volLocate')}
        </button>
      )}
    </div>
  );
}

export function useClose() {
  const { dispatch } = usePage();
  return () => dispatch({ is: 'dialogOpened', dialog: null });
}

/** A sheet from below, near the thumb: it holds the focus and gives it back. */
export function Sheet(props: { heading: string; class?: string; children: ComponentChildren }) {
  const t = useWords();
  const close = useClose();
  const dialog = useRef<HTMLDialogElement>(null);
  const isLeft = useRef(false);
  useLayoutEffect(() => {
    const box = dialog.current;
    const before = document.activeElement;
    box?.showModal();
    return () => {
      isLeft.current = true;
      box?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`sheet ${props.class ?? ''}`}
      aria-label={props.heading}
      onClose={() => {
        // Told late: another sheet may have taken its place, which must not go with it.
        if (!isLeft.current) close();
      }}
    >
      <header>
        <h2>{props.heading}</h2>
        <button type="button" class="round" aria-label={t('close')} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {props.children}
    </dialog>
  );
}

export function CallButton({ phone, name, word }: { phone: string; name: string; word?: string }) {
  const t = useWords();
  return (
    <a
      class="button is-call"
      href={`tel:${phone.replace(/[^\d+]/g, '')}`}
      aria-label={word === undefined ? t('volCallName', { name }) : undefined}
    >
      <Icon name="call" />
      {word ?? t('volCall')}
    </a>
  );
}

/** Where something is from here: turning with the phone where its compass tells, else with north above. */
export function Arrow({ from, to }: { from: LonLat; to: LonLat }) {
  const t = useWords();
  const heading = usePart((s) => s.heading);
  const way = bearing(from, to);
  return (
    <span class="arrow">
      <svg
        viewBox="0 0 48 48"
        role="img"
        aria-label={t(`volWind_${windOf(way)}` as Key)}
        style={{ transform: `rotate(${Math.round(way - (heading ?? 0))}deg)` }}
      >
        <path d="M24 3 40 43 24 34 8 43z" />
      </svg>
      <small>{heading === null ? t(`volWind_${windOf(way)}` as Key) : ''}</small>
    </span>
  );
}

const HOLD_MS = 1000;

/** Done when it is held for a second: nobody calls for help with a thumb that slipped. By key, at once. */
export function HoldButton(props: {
  children: ComponentChildren;
  class: string;
  hint: string;
  onHeld(): void;
}) {
  const [isHeld, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const end = () => {
    clearTimeout(timer.current);
    setHeld(false);
  };
  return (
    <button
      type="button"
      class={`${props.class}${isHeld ? ' is-held' : ''}`}
      title={props.hint}
      onPointerDown={(e) => {
        if (e.button !== 0) return;
        setHeld(true);
        timer.current = setTimeout(() => {
          end();
          props.onHeld();
        }, HOLD_MS);
      }}
      onPointerUp={end}
      onPointerLeave={end}
      onPointerCancel={end}
      onContextMenu={(e) => e.preventDefault()}
      onKeyDown={(e) => {
        if (e.key === 'Enter' || e.key === ' ') {
          e.preventDefault();
          props.onHeld();
        }
      }}
    >
      {props.children}
    </button>
  );
}

/** Whether an entry is on the phone alone, or has arrived. */
export function Mark({ entry }: { entry: Entry }) {
  const t = useWords();
  const isSending = usePart((s) => s.sending === entry.uuid);
  const { state } = entry;
  const time = useClock()(entry.body.at);
  if (state.is === 'sent') return <span class="mark is-sent">✓✓ {t('volSentAt', { time })}</span>;
  if (state.is === 'refused') return <span class="mark is-bad">{t('volRefusedShort')}</span>;
  return <span class="mark">✓ {isSending ? t('volSendingNow') : t('volSavedAt', { time })}</span>;
}

export function Waits({ text }: { text: string }) {
  return (
    <p class="waits" role="status">
      {text}
    </p>
  );
}

export function LanguagePick() {
  const { deeds } = usePage();
  const language = usePart((s) => s.language);
  return (
    <div class="choice language">
      <button type="button" lang="zh-CN" aria-pressed={language === 'zh'} onClick={() => deeds.speak('zh')}>
        中文
      </button>
      <button type="button" lang="en" aria-pressed={language === 'en'} onClick={() => deeds.speak('en')}>
        English
      </button>
    </div>
  );
}
