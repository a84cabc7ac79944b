// Where the next pieces go: a search that runs in the service as a job. Lengths are meters, places [longitude, latitude].
import { ask, regionPath } from './api.ts';
import type { Kind, LonLat } from './contract.ts';

export interface PlacementRequest {
  /** So many pieces, or a share of the bank, in percent. */
  readonly sites?: number;
  readonly cover_percent?: number;
  readonly limit_m: number;
  /** The first is what is put up; all of them count. */
  readonly kinds: readonly Kind[];
  /** Whether every bank shall be reached from two places. */
  readonly backup: boolean;
  /** Whether a meter of a dangerous water weighs more. */
  readonly by_risk: boolean;
  /** Places that are settled already. */
  readonly required: readonly LonLat[];
}

export interface Site {
  readonly rank: number;
  readonly at: LonLat;
  readonly bank: string | null;
  readonly side: 'left' | 'right' | 'shore' | null;
  readonly chainage_m: number | null;
  readonly water_body: string | null;
  readonly water_body_name: string | null;
  readonly risk: number | null;
  readonly village: string | null;
  readonly village_name: string | null;
  /** How much more bank is covered with it, after those before it. */
  readonly gained_m: number;
  readonly reason: 'none_near' | 'across_water' | 'only_unusable' | 'unreachable' | null;
  readonly required: boolean;
}

export interface Placement {
  readonly kinds: readonly Kind[];
  readonly limit_m: number;
  readonly backup: boolean;
  readonly bank_m: number;
  readonly covered_before_m: number;
  readonly covered_after_m: number;
  /** No place where a piece can be put reaches it. */
  readonly out_of_reach_m: number;
  readonly objective: 'weighted_m' | 'sites';
  readonly value: number;
  readonly bound: number;
  readonly gap_percent: number;
  readonly proven: boolean;
  readonly candidates: number;
  readonly seconds: number;
  readonly illustrative: boolean;
  readonly sites: readonly Site[];
  /** Also beyond the sites that are proposed. */
  readonly curve: readonly { readonly sites: number; readonly covered_m: number }[];
}

export interface Job {
  readonly id: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** Ended before its time. */
  readonly stopped: boolean;
  readonly value: number | null;
  /** What the value cannot be better than. */
  readonly bound: number | null;
  readonly seconds: number;
  /** Of the region that was asked. */
  readonly version: number;
  /** There once a first answer is, while a better one is still looked for. */
  readonly result: Placement | null;
  readonly fault: string | null;
}

export interface PlacementApi {
  begin(region: string, asked: PlacementRequest): Promise<Job>;
  look(region: string, id: string): Promise<Job>;
  /** Ends the search; the best so far is its result. */
  end(region: string, id: string): Promise<Job>;
  /** Calls back when a job has got further; returns how to stop listening. */
  listen(region: string, changed: (id: string) => void): () => void;
}

const jobsPath = (region: string) => `${regionPath(region)}/placement`;
const jobPath = (region: string, id: string) => `${jobsPath(region)}/${encodeURIComponent(id)}`;

export const placementApi: PlacementApi = {
  begin: (region, asked) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    };
    return ask(jobsPath(region), init);
  },
  look: (region, id) => ask(jobPath(region, id), { cache: 'no-store' }),
  end: (region, id) => ask(jobPath(region, id), { method: 'DELETE' }),
  listen(region, changed) {
    const source = new EventSource(`${regionPath(region)}/events`);
    source.addEventListener('job', (event: MessageEvent<string>) =>
      changed((JSON.parse(event.data) as { id: string }).id),
    );
    return () => source.close();
  },
};
