// What this browser remembers of how the page looks. What is entered is kept elsewhere: see `outbox/keeping.ts`.
import type { Language } from '../shared/words.ts';
import type { Theme } from './state.ts';

const NAME = 'zhugan-volunteer';

export interface Remembered {
  readonly language: Language | null;
  readonly theme: Theme;
}

export function recall(): Remembered {
  try {
    const { language, theme } = JSON.parse(localStorage.getItem(NAME) ?? '{}') as Partial<Remembered>;
    return {
      language: language === 'zh' || language === 'en' ? language : null,
      theme: theme === 'dark' || theme === 'light' ? theme : 'auto',
    };
  } catch {
    return { language: null, theme: 'auto' };
  }
}

export function remember(memory: Remembered): void {
  try {
    localStorage.setItem(NAME, JSON.stringify(memory));
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
