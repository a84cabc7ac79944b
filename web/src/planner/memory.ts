// What this browser remembers between visits: the language, and which helps were put away. Nothing of the work.
import { languageOf } from '../shared/words.ts';
import type { Memory } from './state.ts';

const NAME = 'zhugan';

export function recall(): Omit<Memory, 'language'> & { language: Memory['language'] | null } {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME) ?? '{}') as Partial<Memory>;
    return {
      language: kept.language === undefined ? null : languageOf(kept.language, null, []),
      has_hints: kept.has_hints !== false,
      has_shortcuts: kept.has_shortcuts !== false,
    };
  } catch {
    return { language: null, has_hints: true, has_shortcuts: true };
  }
}

export function remember(memory: Memory): void {
  try {
    localStorage.setItem(NAME, JSON.stringify(memory));
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
