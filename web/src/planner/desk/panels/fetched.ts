// A part of the register that is fetched when it is first looked at, together with its words.
import { useEffect, useState } from 'preact/hooks';
import type { Part } from '../../../../messages/parts.ts';
import { loadWords } from '../../../shared/words.ts';
import { useWords } from '../../panels/planner.ts';

/** The part; `null` until it is there. */
export function useFetched<T>(fetched: () => Promise<T>, ...words: readonly Part[]): T | 'failed' | null {
  const { language } = useWords();
  const [part, setPart] = useState<T | 'failed' | null>(null);
  useEffect(() => {
    Promise.all([fetched(), loadWords(language, ...words)]).then(
      ([come]) => setPart(come),
      () => setPart('failed'),
    );
  }, []);
  return part;
}
