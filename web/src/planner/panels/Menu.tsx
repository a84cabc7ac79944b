// A button of the bar at the top that opens a short list; Escape or a tap elsewhere closes it.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './parts.tsx';

export function Menu(props: {
  label: string;
  icon: IconName;
  /** Beside the icon, where there is room. */
  text?: string;
  children(close: () => void): ComponentChildren;
}) {
  const box = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (box.current) box.current.open = false;
  };
  useEffect(() => {
    const closeFrom = (event: Event) => {
      const details = box.current;
      if (details?.open && !details.contains(event.target as Node)) close();
    };
    addEventListener('pointerdown', closeFrom);
    return () => removeEventListener('pointerdown', closeFrom);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !box.current?.open) return;
    event.stopPropagation();
    close();
    box.current.querySelector('summary')?.focus();
  };
  return (
    <details class="menu" ref={box} onKeyDown={onKeyDown}>
      <summary class="icon-button" aria-label={props.label} title={props.label}>
        <Icon name={props.icon} />
        {props.text !== undefined && <span class="is-wide-only">{props.text}</span>}
      </summary>
      {props.children(close)}
    </details>
  );
}
