// Small pieces that several panels are made of.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Condition, Kind } from '../../shared/contract.ts';
import { iconCanvas } from '../../shared/icons.ts';
import type { Key, Words } from '../../shared/words.ts';
import type { Asked } from '../state.ts';
import { usePart, usePlanner, useWords } from './planner.ts';

export const kindWord = (kind: Kind) => `kind_${kind}` as Key;
export const kindsWord = (kind: Kind) => `kinds_${kind}` as Key;
export const conditionWord = (condition: Condition) => `condition_${condition}` as Key;

/** `pole, ring or rope`. */
export function kindsText(t: Words, kinds: readonly Kind[]): string {
  return t.anyOf(kinds.map((kind) => t(kindsWord(kind))));
}

export function Sign({ kind, isUsable }: { kind: Kind; isUsable: boolean }) {
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const canvas = iconCanvas(kind, isUsable);
    if (canvas !== null) box.current?.replaceChildren(canvas);
  }, [kind, isUsable]);
  return <span class="sign" ref={box} aria-hidden="true" />;
}

const LONG_MS = 3000;

/** Rows that are to come; when they take long, words say what is being done. */
export function Skeleton(props: {
  rows: number;
  doing: 'page' | 'reach' | 'nearest' | 'equipment';
  /** What the rows come from; without it they are waited for from the start. */
  asked?: Asked<unknown>;
}) {
  const t = useWords();
  const isKnown = usePart((s) => s.regions.value !== null);
  const isLost = usePart((s) => s.lost_since_ms !== null);
  // Where nothing is under way, like after the connection is lost, a notice says why.
  const isWaiting = !isLost && (!isKnown || (props.asked?.is_waiting ?? true));
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!isWaiting) return;
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return (
    <>
      {/* There from the start: what comes into it later is read out. */}
      <p class="hint" role="status">
        {isLong && isWaiting && t(`loading_${isKnown ? props.doing : 'page'}` as Key)}
      </p>
      <div class="skeleton" aria-hidden="true">
        {Array.from({ length: props.rows }, (_, i) => (
          <span key={`row-${String(i)}`} />
        ))}
      </div>
    </>
  );
}

/** Shows a fault of one part of the page, with the way to try again. */
export function FaultNote({ asked }: { asked: Asked<unknown> }) {
  const t = useWords();
  const { deeds } = usePlanner();
  // A lost connection is said once, above everything; here only where there is nothing to show.
  if (asked.fault === null || (asked.fault.what === 'unreachable' && asked.value !== null)) return null;
  const text = asked.fault.what === 'refused' ? t('refused', { why: asked.fault.why }) : t('lostNothing');
  return (
    <div class="note is-fault" role="alert">
      <p>{text}</p>
      <button type="button" class="button is-small" onClick={deeds.retry}>
        {t('retry')}
      </button>
    </div>
  );
}

export function IconButton(props: {
  label: string;
  icon: IconName;
  disabled?: boolean;
  pressed?: boolean;
  expanded?: boolean;
  class?: string;
  onClick(): void;
}) {
  return (
    <button
      type="button"
      class={`icon-button ${props.class ?? ''}`}
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled ?? false}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}

const ICONS = {
  undo: 'M9 7H16a5 5 0 0 1 0 10H8 M9 3 5 7l4 4',
  redo: 'M15 7H8a5 5 0 0 0 0 10h8 M15 3l4 4-4 4',
  print: 'M7 8V3h10v5 M7 17H4V9h16v8h-3 M7 14h10v7H7z',
  layers: 'm12 3 9 5-9 5-9-5z M3.5 12.5 12 17l8.5-4.5 M3.5 16.5 12 21l8.5-4.5',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z M15.5 15.5 21 21',
  close: 'M5 5l14 14 M19 5 5 19',
  back: 'M14 5l-7 7 7 7',
  help: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4 M12 17.5v.5',
  export: 'M12 3v12 M7 10l5 5 5-5 M4 20h16',
  pin: 'M12 21v-7 M12 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10z',
  trash: 'M4 7h16 M9 7V4h6v3 M6 7l1 13h10l1-13',
  user: 'M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9z M4 21c.6-4.4 3.6-6.5 8-6.5s7.4 2.1 8 6.5',
  move: 'M12 3v18 M3 12h18 M9 6l3-3 3 3 M9 18l3 3 3-3 M6 9l-3 3 3 3 M18 9l3 3-3 3',
} as const;

export type IconName = keyof typeof ICONS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={ICONS[name]} />
    </svg>
  );
}

/** A panel's heading that takes the focus when it appears, with the way back. */
export function CardHeading(props: { children: ComponentChildren; onBack(): void }) {
  const t = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div class="card-heading">
      <IconButton label={t('back')} icon="back" onClick={props.onBack} />
      <h2 tabIndex={-1} ref={heading}>
        {props.children}
      </h2>
    </div>
  );
}

/** A key that does the same as the button it stands in; readers of the screen hear of it in the help. */
export function KeySign({ name }: { name: string }) {
  return (
    <span class="key-sign" aria-hidden="true">
      {name}
    </span>
  );
}
