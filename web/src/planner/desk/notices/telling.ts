// Why an address is not told, and what went wrong with telling it: as the service says it, sorted for the page's words.

export type NotTold = 'address' | 'https' | 'credentials' | 'private';

/** Why the service may have refused an address. */
export function whyNotTold(text: string): NotTold {
  if (!URL.canParse(text.trim())) return 'address';
  const url = new URL(text.trim());
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (url.protocol === 'http:') return 'https';
  return url.protocol === 'https:' && url.hash === '' ? 'private' : 'address';
}

export type TellingFault =
  | { readonly what: 'address' | 'silent' | 'connection' | 'encryption' }
  /** It has said no, by this number. */
  | { readonly what: 'answered' | 'code'; readonly n: string }
  | { readonly what: 'other'; readonly why: string };

const SIGNS = [
  ['its address', 'address'],
  ['no answer within', 'silent'],
  ['no encrypted connection', 'encryption'],
  ["its server's name cannot be certified", 'encryption'],
  ['no connection', 'connection'],
  ['the exchange failed', 'connection'],
] as const;

/** What went wrong; what is not known is told as the service has it. */
export function tellingFault(why: string): TellingFault {
  const [, status] = /^it answered (\d+)/.exec(why) ?? [];
  if (status !== undefined) return { what: 'answered', n: status };
  const [, code] = /^it answered with the error code (-?\d+)/.exec(why) ?? [];
  if (code !== undefined) return { what: 'code', n: code };
  const what = SIGNS.find(([sign]) => why.startsWith(sign))?.[1];
  return what === undefined ? { what: 'other', why } : { what };
}
