// A native dialog: it holds the focus and gives it back.
import '../style/dialogs.css';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from './parts.tsx';
import { useWords } from './planner.ts';

export function Modal(props: {
  heading: string;
  class: string;
  children: ComponentChildren;
  onClose(): void;
}) {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const box = dialog.current;
    const before = document.activeElement;
    box?.showModal();
    // At once: whoever types already must not have the focus taken away.
    box?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => {
      box?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class={props.class} aria-label={props.heading} onClose={props.onClose}>
      <div class="dialog-heading">
        <h2>{props.heading}</h2>
        <IconButton label={t('close')} icon="close" onClick={props.onClose} />
      </div>
      {props.children}
    </dialog>
  );
}
