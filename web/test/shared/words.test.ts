import { beforeAll, describe, expect, it } from 'vitest';
import en from '../../messages/en.json';
import zh from '../../messages/zh-CN.json';
import { FILES, type Language, languageOf, loadWords, nameIn, wordsIn } from '../../src/shared/words.ts';

beforeAll(async () => {
  await loadWords('en', 'later', 'desk');
  await loadWords('zh', 'later', 'desk');
});

const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([slot]) => slot).sort();

describe('messages', () => {
  it('have equal keys in both languages', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  it('have equal slots in both languages', () => {
    const zhWords: Record<string, string> = zh;
    const unequal = Object.entries(en).filter(
      ([key, text]) => slots(text).join() !== slots(zhWords[key] ?? '').join(),
    );
    expect(unequal).toEqual([]);
  });

  it('stay when what was asked for before them comes after them', async () => {
    const { first } = FILES.en;
    let come = () => {};
    const isThere = new Promise<void>((done) => {
      come = done;
    });
    FILES.en.first = () => isThere.then(() => ({ default: { brand: 'Zhugan' } }));
    const earlier = loadWords('en');
    if (first !== undefined) FILES.en.first = first;
    FILES.en.work = async () => ({ default: { deskSitePaper: 'Print' } as never });
    await loadWords('en', 'work');
    come();
    await earlier;
    delete FILES.en.work;
    expect(wordsIn('en')('deskSitePaper' as never)).toBe('Print');
  });

  it('are not empty', () => {
    expect([...Object.values(en), ...Object.values(zh)].filter((text) => text.trim() === '')).toEqual([]);
  });
});

describe('numbers', () => {
  const cases: [Language, number, string][] = [
    ['en', 0, '0 m'],
    ['en', 214.4, '214 m'],
    ['en', 999.4, '999 m'],
    ['en', 999.6, '1.0 km'],
    ['en', 21_987.2, '22.0 km'],
    ['zh', 214, '214 米'],
    ['zh', 1234, '1.2 公里'],
  ];
  it.each(cases)('in %s, %d meters read %s', (language, m, text) => {
    expect(wordsIn(language).meters(m)).toBe(text);
  });

  it('keep a decimal of a percentage where whole ones would say all or nothing', () => {
    const t = wordsIn('en');
    expect([0, 0.004, 0.454, 0.996, 1].map((share) => t.percent(share))).toEqual([
      '0%',
      '0.4%',
      '45%',
      '99.6%',
      '100%',
    ]);
  });

  it('round minutes up, and say at least one', () => {
    const t = wordsIn('en');
    expect([0, 59, 61, 600].map((s) => t.minutes(s))).toEqual(['1', '1', '2', '10']);
  });

  it('give seconds up to two minutes', () => {
    const t = wordsIn('en');
    expect([43.2, 120, 121, 1918].map((s) => t.duration(s))).toEqual(['43 s', '120 s', '3 min', '32 min']);
  });

  it('list alternatives as people say them', () => {
    expect(wordsIn('en').anyOf(['pole', 'ring', 'rope'])).toBe('pole, ring, or rope');
    expect(wordsIn('zh').anyOf(['救生杆', '救生圈'])).toBe('救生杆或救生圈');
  });
});

describe('the language', () => {
  it('comes from the address, then from memory, then from the browser', () => {
    expect(languageOf('zh', 'en', ['en'])).toBe('zh');
    expect(languageOf(null, 'zh', ['en-US'])).toBe('zh');
    expect(languageOf(null, null, ['de', 'zh-Hans-CN', 'en'])).toBe('zh');
    expect(languageOf('xx', null, [])).toBe('en');
  });

  it('falls back to a name that there is', () => {
    expect(nameIn('en', { zh: '水乡' })).toBe('水乡');
  });
});
