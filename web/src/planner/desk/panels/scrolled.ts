// On a phone the form fills the sheet: what comes of its button is shown.
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Of something that comes into sight whenever a number is another. */
export function useScrolled<E extends HTMLElement>(number: number): RefObject<E | null> {
  const place = useRef<E>(null);
  const seen = useRef(number);
  useEffect(() => {
    if (seen.current !== number) place.current?.scrollIntoView({ block: 'start' });
    seen.current = number;
  }, [number]);
  return place;
}
