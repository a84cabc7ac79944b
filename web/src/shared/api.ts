// The one door to the service: the only file that fetches.
import type {
  Change,
  Coverage,
  CoverageRow,
  Crossing,
  EquipmentPage,
  Evaluation,
  GapPage,
  Kind,
  LonLat,
  Nearest,
  News,
  Problem,
  Region,
  ScenarioRequest,
} from './contract.ts';

/** What is asked of coverage, gaps and scenarios alike. */
export interface Question {
  region: string;
  limit_m: number;
  kinds: readonly Kind[];
  /** Whether damaged, missing and unverified pieces count, too. */
  any_condition: boolean;
}

/** The service cannot be reached, or answers nothing in time. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

/** The service answered, and refused. */
export class Refused extends Error {
  override name = 'Refused';
  constructor(
    readonly problem: Problem,
    /** After how many seconds it makes sense to try again, where the service says so. */
    readonly retry_after_s: number | null = null,
  ) {
    super(problem.detail);
  }
}

const PATIENCE_MS = 15_000;

/** An answer, and the validator of what it tells: who changes something shows which state of it was seen. */
export interface Answer<T> {
  readonly body: T;
  readonly etag: string | null;
}

export async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  return (await answerOf<T>(path, init)).body;
}

export async function answerOf<T>(
  path: string,
  init?: RequestInit,
  patience_ms = PATIENCE_MS,
): Promise<Answer<T>> {
  let answer: Response;
  try {
    answer = await fetch(path, { ...init, signal: AbortSignal.timeout(patience_ms) });
  } catch (cause) {
    throw new Unreachable(`no answer from ${path}`, { cause });
  }
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  const etag = answer.headers.get('etag');
  if (answer.ok && isJson) return { body: (await answer.json()) as T, etag };
  if (answer.status === 204) return { body: undefined as T, etag };
  // A gateway's page in place of an answer is as good as no answer.
  if (!isJson) throw new Unreachable(`${answer.status} from ${path}`);
  const wait_s = Number(answer.headers.get('retry-after') ?? Number.NaN);
  throw new Refused((await answer.json()) as Problem, Number.isFinite(wait_s) ? wait_s : null);
}

export function query(members: Record<string, string | number | null | undefined>): string {
  const pairs = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
  return new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
}

const asked = (q: Question) => ({
  limit_m: q.limit_m,
  kind: q.kinds.join(','),
  condition: q.any_condition ? 'any' : undefined,
});

export const regionPath = (region: string) => `/api/v1/regions/${encodeURIComponent(region)}`;

export interface Api {
  regions(): Promise<Region[]>;
  coverage(q: Question): Promise<Coverage>;
  waters(region: string): Promise<CoverageRow[]>;
  gaps(q: Question & { village: string | null; limit: number }): Promise<GapPage>;
  equipment(region: string): Promise<EquipmentPage>;
  nearest(at: LonLat, kinds: readonly Kind[]): Promise<Nearest>;
  crossing(region: string, id: string): Promise<Crossing>;
  evaluate(q: Question, changes: readonly Change[]): Promise<Evaluation>;
  isUp(): Promise<boolean>;
  /** Calls back when the region's answers have changed, or a report has come in, or its settings were turned; returns how to stop listening. */
  listen(
    region: string,
    changed: (version: number) => void,
    reported: () => void,
    turned: () => void,
  ): () => void;
}

export const service: Api = {
  async regions() {
    return (await ask<{ regions: Region[] }>('/api/v1/regions')).regions;
  },
  coverage: (q) => ask(`${regionPath(q.region)}/coverage?${query({ by: 'village', ...asked(q) })}`),
  async waters(region) {
    return (await ask<Coverage>(`${regionPath(region)}/coverage?by=water_body`)).rows;
  },
  gaps: (q) =>
    ask(
      `${regionPath(q.region)}/gaps?${query({ village: q.village, sort: 'length', limit: q.limit, ...asked(q) })}`,
    ),
  async equipment(region) {
    let page = await ask<EquipmentPage>(`${regionPath(region)}/equipment?limit=1000`);
    const features = [...page.features];
    while (page.next !== null && page.next !== undefined) {
      page = await ask<EquipmentPage>(page.next);
      features.push(...page.features);
    }
    return { ...page, features, next: null };
  },
  nearest: ([lon, lat], kinds) =>
    ask(`/api/v1/nearest?${query({ lon, lat, kind: kinds.join(','), limit: 3, geometry: 'true' })}`),
  crossing: (region, id) => ask(`${regionPath(region)}/crossings/${encodeURIComponent(id)}`),
  evaluate: (q, changes) =>
    ask(`${regionPath(q.region)}/scenarios/evaluate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        limit_m: q.limit_m,
        kinds: [...q.kinds],
        condition: q.any_condition ? 'any' : 'usable',
        changes: [...changes],
      } satisfies ScenarioRequest),
    }),
  async isUp() {
    try {
      return (await fetch('/healthz', { signal: AbortSignal.timeout(4000), cache: 'no-store' })).ok;
    } catch {
      return false;
    }
  },
  listen(region, changed, reported, turned) {
    const source = new EventSource(`${regionPath(region)}/events`);
    source.addEventListener('coverage', (event: MessageEvent<string>) => {
      changed((JSON.parse(event.data) as News).version);
    });
    for (const news of ['report', 'rescue_points', 'notices']) source.addEventListener(news, reported);
    source.addEventListener('settings', turned);
    return () => source.close();
  },
};

/** Whether somebody is signed in in this browser; an older service knows nobody. */
export async function isSignedIn(): Promise<boolean | null> {
  try {
    return (await ask<{ account: object | null }>('/api/v1/session')).account !== null;
  } catch {
    return null;
  }
}

/** Where the tiles of a region are; the map wants whole addresses. */
export function tileAddress(region: Pick<Region, 'id' | 'version'>, anyCondition: boolean): string {
  const condition = anyCondition ? '&condition=any' : '';
  return `${location.origin}/tiles/${encodeURIComponent(region.id)}/{z}/{x}/{y}.mvt?v=${region.version}${condition}`;
}
