// A field for coordinates.
import { useState } from 'preact/hooks';
import type { LonLat } from '../../shared/contract.ts';
import { useWords } from './planner.ts';

/** Coordinates to type: given on Enter, on the button, or when the field is left; nonsense is said so. */
export function PlaceField(props: {
  label: string;
  isLabelHidden?: boolean;
  action?: string;
  start: string;
  read(text: string): LonLat | null;
  give(at: LonLat): void;
}) {
  const t = useWords();
  const [text, setText] = useState(props.start);
  const [isWrong, setWrong] = useState(false);
  const give = () => {
    if (text === props.start) return;
    const at = props.read(text);
    setWrong(at === null);
    if (at === null) return;
    props.give(at);
    if (props.start === '') setText('');
  };
  return (
    <form
      class="place-field"
      onSubmit={(e) => {
        e.preventDefault();
        give();
      }}
    >
      <label>
        <span class={props.isLabelHidden ? 'visually-hidden' : ''}>{props.label}</span>
        <input
          type="text"
          inputMode="text"
          autocomplete="off"
          spellcheck={false}
          placeholder="47.1400, 9.5200"
          value={text}
          aria-invalid={isWrong}
          onInput={(e) => setText(e.currentTarget.value)}
          onBlur={() => props.action === undefined && give()}
        />
      </label>
      {props.action !== undefined && (
        <button type="submit" class="button is-small">
          {props.action}
        </button>
      )}
      {isWrong && (
        <p class="is-bad" role="alert">
          {t('whatIfPlaceWrong')}
        </p>
      )}
    </form>
  );
}
