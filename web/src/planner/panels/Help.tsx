// Help, with the shortcuts and the first steps.
import type { Key } from '../../shared/words.ts';
import { Steps } from './Hints.tsx';
import { Modal } from './Modal.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';

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
    <Modal heading={t('help')} class="dialog" onClose={() => dispatch({ is: 'dialogOpened', dialog: null })}>
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
