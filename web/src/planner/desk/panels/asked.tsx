// What is asked about one line of a list before it is done, and where the keyboard's focus goes meanwhile.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../../panels/planner.ts';
import { useDeskPart } from './context.ts';

/** What is asked; when nothing is any more, the first of the line's buttons has the focus again, or the line while it is busy. */
export function useAsked<T>() {
  const [asked, ask] = useState<T | null>(null);
  const was = useRef<T | null>(null);
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (asked === null && was.current !== null) {
      const buttons = [...(line.current?.querySelectorAll('button') ?? [])];
      (buttons.find((one) => !one.disabled) ?? line.current)?.focus();
    }
    was.current = asked;
  }, [asked]);
  return { asked, ask, line };
}

/** Says what it means, and does it only when it is said again. */
export function Confirm(props: { means: string; does: string; act(): void; cancel(): void }) {
  const t = useWords();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const way = useRef<HTMLButtonElement>(null);
  // A key that is held down must not do what was only asked.
  useEffect(() => way.current?.focus(), []);
  return (
    <div class="desk-decide desk-confirm">
      <p>{props.means}</p>
      <button type="button" class="button is-small is-danger" disabled={isBusy} onClick={props.act}>
        {props.does}
      </button>
      <button ref={way} type="button" class="button is-small" onClick={props.cancel}>
        {t('deskCancel')}
      </button>
    </div>
  );
}
