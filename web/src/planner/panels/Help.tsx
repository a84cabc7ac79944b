// Help, with the shortcuts and the first steps.
import '../style/dialogs.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Key } from '../../shared/words.ts';
import { Steps } from './Hints.tsx';
import { IconButton } from './parts.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';

/** A native dialog: it holds the focus and gives it back. */
export function Modal(props: { heading: string; class: string; children: ComponentChildren }) {
  const t = useWords();
  const { dispatch } = usePlanner();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const box = dialog.current;
    const before = document.activeElement;
    box?.showModal();
    return () => {
      box?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const close = () => dispatch({ is: 'dialogOpened', dialog: null });
  return (
    <dialog ref={dialog} class={props.class} aria-label={props.heading} onClose={close}>
      <div class="dialog-heading">
        <h2>{props.heading}</h2>
        <IconButton label={t('close')} icon="close" onClick={close} />
      </div>
      {props.children}
    </dialog>
  );
}

const KEYS: readonly [string, Key][] = [
  ['/', 'key_search'],
  ['N', 'key_whatIf'],
  ['L', 'key_legend'],
  ['Esc', 'key_escape'],
  ['?', 'key_help'],
  ['Ctrl+Z  Ctrl+Shift+Z', 'key_undo'],
  ['← ↑ ↓ →', 'key_arrows'],
];

export function Help() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const hasShortcuts = usePart((s) => s.has_shortcuts);
  return (
    <Modal heading={t('help')} class="dialog">
      <p>{t('helpAbout')}</p>
      <Steps />
      <h3>{t('shortcuts')}</h3>
      <label class="check">
        <input
          type="checkbox"
          role="switch"
          aria-checked={hasShortcuts}
          checked={hasShortcuts}
          onChange={() => dispatch({ is: 'shortcutsSet', on: !hasShortcuts })}
        />
        <span>{t('shortcutsOn')}</span>
      </label>
      <dl class="keys">
        {KEYS.map(([key, word]) => (
          <div key={key}>
            <dt>
              {key.split('  ').map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{t(word)}</dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        class="button"
        onClick={() => {
          dispatch({ is: 'hintsSet', shown: true });
          dispatch({ is: 'dialogOpened', dialog: null });
        }}
      >
        {t('helpHints')}
      </button>
    </Modal>
  );
}
