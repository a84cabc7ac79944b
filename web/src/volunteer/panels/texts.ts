// What is said of the same things in several places: a stretch, a piece, an entry, a fault.
import type { LonLat } from '../../shared/contract.ts';
import type { Pack, Piece, Stop } from '../../shared/duty.ts';
import type { Key, Words } from '../../shared/words.ts';
import type { Entry } from '../outbox/entry.ts';
import type { Fault, State } from '../state.ts';

/** `Rhine, left bank`. */
export const stopName = (t: Words, stop: Stop) =>
  t('volStopAt', {
    water: stop.water_body_name ?? t('volWater'),
    side: t(stop.also_sees.length > 0 ? 'volBothSides' : `volSide_${stop.along.side}`),
  });

export const pieceName = (t: Words, { kind, code, name }: Piece) =>
  [t(`kind_${kind}` as Key), code ?? name].filter(Boolean).join(' ');

export const lineStart = (stop: Stop): LonLat => stop.line[0] ?? [0, 0];

const SERVICES = ['police', 'ambulance', 'fire', 'emergency'];

/** Whom to call, the most needed first. */
export const callsOf = (pack: Pack | null) => {
  const rank = (service: string) => (SERVICES.indexOf(service) + SERVICES.length + 1) % (SERVICES.length + 1);
  return Object.entries(pack?.calls ?? {}).sort(([a], [b]) => rank(a) - rank(b));
};

export const callText = (t: Words, service: string, phone: string) =>
  `${SERVICES.includes(service) ? t(`volCall_${service}` as Key) : service} ${phone}`;

const REFUSALS: readonly string[] = [
  'wrong-password',
  'too-many-attempts',
  'weak-password',
  'bad-name',
  'name-taken',
  'unknown-invitation',
  'not-allowed',
  'not-on',
];

export function faultText(t: Words, fault: Fault): string {
  if (fault.what === 'unreachable') return t('volUnreachable');
  const { kind, why } = fault;
  return REFUSALS.includes(kind)
    ? t(`volFault_${kind.replaceAll('-', '_')}` as Key)
    : t('volRefused', { why });
}

/** What an entry is about. */
export function entryText(t: Words, { body }: Entry, state: Pick<State, 'pack'>): string {
  const what = t(`volEntry_${body.kind}`);
  const pack = state.pack?.value ?? null;
  const stop = pack?.patrol?.way.stops.find(({ stretch }) => stretch === body.stretch);
  const piece = pack?.equipment.find(({ id }) => id === body.equipment);
  const about = [
    piece === undefined ? null : pieceName(t, piece),
    body.condition === null ? null : t(`condition_${body.condition}`),
    piece === undefined && stop !== undefined ? t('volStopN', { n: stop.rank }) : null,
    body.reason === null ? null : t(`volReason_${body.reason}`),
    body.kind === 'report' ? body.note : null,
  ].filter(Boolean);
  return about.length === 0 ? what : `${what} · ${about.join(' · ')}`;
}

/** `3 KB`, on paper and in the list. */
export const sizeText = (t: Words, bytes: number) =>
  bytes < 100_000
    ? t('volKilobytes', { n: Math.max(1, Math.round(bytes / 1000)) })
    : t('volMegabytes', { n: (bytes / 1e6).toFixed(1) });

export const sizeOf = ({ body, photos }: Entry) =>
  JSON.stringify(body).length + photos.reduce((sum, { photo }) => sum + photo.size, 0);
