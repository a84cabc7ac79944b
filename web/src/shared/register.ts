// What signed-in people ask of the service: who they are, and changes to the register. Fetched by `api.ts` alone.
import type {
  AccountEdit,
  AccountSeen,
  Grant,
  Invitation,
  Key,
  MadeKey,
  NewInvitation,
  NewKey,
  OpenInvitation,
  Session,
} from './accounts.ts';
import { type Answer, answerOf, ask, query, regionPath } from './api.ts';
import type {
  AuditPage,
  Condition,
  Correction,
  Crossing,
  Doubt,
  DuePage,
  Equipment,
  NewCorrection,
  NewPiece,
  NewPoint,
  PieceEdit,
  PointEdit,
  Preview,
  Report,
  RescuePoint,
  Setting,
  Undone,
  Water,
} from './contract.ts';

export interface RegisterApi {
  session(): Promise<Session>;
  signIn(name: string, password: string): Promise<Session>;
  /** What the provider is called that people sign in with, too; `null` where there is none. */
  provider(): Promise<string | null>;
  /** Where the browser is to go; with an invitation to take it under a name. */
  beginWithProvider(invited: { token: string; name: string } | null): Promise<{ location: string }>;
  signOut(): Promise<void>;
  setPassword(old: string, password: string): Promise<void>;
  lookAt(token: string): Promise<Invitation>;
  /** Without a name and a password, the role goes to who is signed in. */
  accept(token: string, who: { name: string; password: string } | null): Promise<Session>;
  /** With a volunteer of the region's list, the account that takes it up is theirs. */
  invite(grant: Grant & { volunteer?: number }): Promise<NewInvitation>;
  invitations(): Promise<readonly OpenInvitation[]>;
  withdraw(id: number): Promise<void>;
  accounts(): Promise<readonly AccountSeen[]>;
  setAccount(id: number, edit: AccountEdit): Promise<AccountSeen>;
  /** One's own. */
  keys(): Promise<readonly Key[]>;
  makeKey(key: NewKey): Promise<MadeKey>;
  endKey(id: number): Promise<void>;
  piece(region: string, id: string): Promise<Answer<Equipment>>;
  addPiece(region: string, piece: NewPiece): Promise<Answer<Equipment>>;
  editPiece(region: string, id: string, edit: PieceEdit, etag: string): Promise<Answer<Equipment>>;
  retirePiece(region: string, id: string, etag: string): Promise<void>;
  crossings(region: string): Promise<readonly Crossing[]>;
  crossing(region: string, id: string): Promise<Answer<Crossing>>;
  setCrossing(region: string, id: string, state: 'open' | 'closed', etag: string): Promise<Answer<Crossing>>;
  waters(region: string): Promise<readonly Water[]>;
  water(region: string, id: string): Promise<Answer<Water>>;
  grade(region: string, id: string, risk: number, etag: string): Promise<Answer<Water>>;
  points(region: string): Promise<readonly RescuePoint[]>;
  point(region: string, id: string): Promise<Answer<RescuePoint>>;
  addPoint(region: string, point: NewPoint): Promise<Answer<RescuePoint>>;
  editPoint(region: string, id: string, edit: PointEdit, etag: string): Promise<Answer<RescuePoint>>;
  /** Its pieces stay where they are. */
  retirePoint(region: string, id: string, etag: string): Promise<void>;
  /** The pieces that are to be looked at, the longest overdue first. */
  due(region: string, limit: number): Promise<DuePage>;
  /** Somebody has looked at a piece today. */
  inspect(region: string, id: string, condition: Condition, etag: string): Promise<Answer<Equipment>>;
  settings(region: string): Promise<readonly Setting[]>;
  turn(region: string, to: Readonly<Record<string, number | null>>): Promise<void>;
  corrections(region: string): Promise<readonly Correction[]>;
  correct(region: string, correction: NewCorrection): Promise<Correction>;
  takeBack(region: string, id: string): Promise<void>;
  openReports(region: string): Promise<readonly Report[]>;
  decide(region: string, id: number, state: 'confirmed' | 'rejected'): Promise<Report>;
  /** What a file would do; nothing is kept. */
  preview(region: string, file: File, asked: ImportAsked): Promise<Answer<Preview>>;
  /** Does what was previewed, all or nothing, if the region is as it was then. */
  importFile(region: string, file: File, asked: ImportAsked, etag: string): Promise<Answer<Preview>>;
  /** A page of the audit log, the latest change first; older than an entry if one is named. */
  audit(region: string, limit: number, before: number | null): Promise<AuditPage>;
  undo(region: string, entry: number): Promise<Undone>;
}

/** How a file is to be read; what is left out is as the file says. */
export interface ImportAsked {
  readonly datum: string;
  readonly kind: string;
  readonly takes: readonly Doubt[];
  /** The file's own names of columns by ours, where somebody says which is which. */
  readonly columns: Readonly<Record<string, string>>;
}

/** A large file takes long on a slow line. */
const UPLOAD_MS = 180_000;

const importQuery = (file: File, { datum, kind, takes, columns }: ImportAsked) =>
  query({
    file: file.name,
    datum: datum || null,
    kind: kind || null,
    take: takes.join() || null,
    columns: Object.keys(columns).length === 0 ? null : JSON.stringify(columns),
  });

const json = (method: string, body: unknown, etag?: string): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...(etag === undefined ? {} : { 'if-match': etag }) },
  body: JSON.stringify(body),
});

const piecePath = (region: string, id: string) => `${regionPath(region)}/equipment/${encodeURIComponent(id)}`;
const waterPath = (region: string, id: string) =>
  `${regionPath(region)}/water-bodies/${encodeURIComponent(id)}`;
const crossingPath = (region: string, id: string) =>
  `${regionPath(region)}/crossings/${encodeURIComponent(id)}`;
const pointPath = (region: string, id: string) =>
  `${regionPath(region)}/rescue-points/${encodeURIComponent(id)}`;

export const register: RegisterApi = {
  session: () => ask('/api/v1/session'),
  signIn: (name, password) => ask('/api/v1/session', json('POST', { name, password })),
  provider: () => ask<{ sign_in_with: string | null }>('/api/v1/session').then((body) => body.sign_in_with),
  beginWithProvider: (invited) => ask('/api/v1/session/oidc', json('POST', { ...invited })),
  signOut: () => ask('/api/v1/session', { method: 'DELETE' }),
  setPassword: (old, password) => ask('/api/v1/session/password', json('POST', { old, new: password })),
  lookAt: (token) => ask('/api/v1/invitations/look', json('POST', { token })),
  accept: (token, who) => ask('/api/v1/invitations/accept', json('POST', { token, ...who })),
  invite: (grant) => ask('/api/v1/invitations', json('POST', grant)),
  invitations: () =>
    ask<{ invitations: OpenInvitation[] }>('/api/v1/invitations').then((body) => body.invitations),
  withdraw: (id) => ask(`/api/v1/invitations/${id}`, { method: 'DELETE' }),
  accounts: () =>
    ask<{ accounts: AccountSeen[] }>('/api/v1/accounts', { cache: 'no-store' }).then((body) => body.accounts),
  setAccount: (id, edit) => ask(`/api/v1/accounts/${id}`, json('PATCH', edit)),
  keys: () => ask<{ keys: Key[] }>('/api/v1/keys', { cache: 'no-store' }).then((body) => body.keys),
  makeKey: (key) => ask('/api/v1/keys', json('POST', key)),
  endKey: (id) => ask(`/api/v1/keys/${id}`, { method: 'DELETE' }),
  // What is changed is looked at afresh: a copy from the browser's store would be refused as too old.
  piece: (region, id) => answerOf(piecePath(region, id), { cache: 'no-store' }),
  addPiece: (region, piece) => answerOf(`${regionPath(region)}/equipment`, json('POST', piece)),
  editPiece: (region, id, edit, etag) => answerOf(piecePath(region, id), json('PATCH', edit, etag)),
  retirePiece: (region, id, etag) =>
    ask(piecePath(region, id), { method: 'DELETE', headers: { 'if-match': etag } }),
  crossings: (region) =>
    ask<{ features: Crossing[] }>(`${regionPath(region)}/crossings`).then((body) => body.features),
  crossing: (region, id) => answerOf(crossingPath(region, id), { cache: 'no-store' }),
  setCrossing: (region, id, state, etag) =>
    answerOf(crossingPath(region, id), json('PATCH', { state }, etag)),
  waters: (region) =>
    ask<{ water_bodies: Water[] }>(`${regionPath(region)}/water-bodies?limit=5000`).then(
      (body) => body.water_bodies,
    ),
  water: (region, id) => answerOf(waterPath(region, id), { cache: 'no-store' }),
  grade: (region, id, risk, etag) => answerOf(waterPath(region, id), json('PATCH', { risk }, etag)),
  points: (region) =>
    ask<{ features: RescuePoint[] }>(`${regionPath(region)}/rescue-points`).then((body) => body.features),
  point: (region, id) => answerOf(pointPath(region, id), { cache: 'no-store' }),
  addPoint: (region, point) => answerOf(`${regionPath(region)}/rescue-points`, json('POST', point)),
  editPoint: (region, id, edit, etag) => answerOf(pointPath(region, id), json('PATCH', edit, etag)),
  retirePoint: (region, id, etag) =>
    ask(pointPath(region, id), { method: 'DELETE', headers: { 'if-match': etag } }),
  due: (region, limit) => ask(`${regionPath(region)}/inspections?${query({ limit })}`),
  inspect: (region, id, condition, etag) =>
    answerOf(`${piecePath(region, id)}/inspections`, json('POST', { condition }, etag)),
  settings: (region) =>
    ask<{ settings: Setting[] }>(`${regionPath(region)}/settings`, { cache: 'no-store' }).then(
      (body) => body.settings,
    ),
  turn: (region, to) => ask(`${regionPath(region)}/settings`, json('PATCH', to)),
  corrections: (region) =>
    ask<{ corrections: Correction[] }>(`${regionPath(region)}/corrections`, { cache: 'no-store' }).then(
      (body) => body.corrections,
    ),
  correct: (region, correction) => ask(`${regionPath(region)}/corrections`, json('POST', correction)),
  takeBack: (region, id) =>
    ask(`${regionPath(region)}/corrections/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  preview: (region, file, asked) =>
    answerOf(
      `${regionPath(region)}/imports/preview?${importQuery(file, asked)}`,
      { method: 'POST', body: file },
      UPLOAD_MS,
    ),
  importFile: (region, file, asked, etag) =>
    answerOf(
      `${regionPath(region)}/imports?${importQuery(file, asked)}`,
      { method: 'POST', body: file, headers: { 'if-match': etag } },
      UPLOAD_MS,
    ),
  openReports: (region) =>
    ask<{ reports: Report[] }>(`${regionPath(region)}/reports?state=open&limit=200`).then(
      (body) => body.reports,
    ),
  decide: (region, id, state) => ask(`${regionPath(region)}/reports/${id}`, json('PATCH', { state })),
  audit: (region, limit, before) =>
    ask(`${regionPath(region)}/audit?${query({ limit, before })}`, { cache: 'no-store' }),
  undo: (region, entry) => ask(`${regionPath(region)}/audit/${entry}/undo`, { method: 'POST' }),
};
