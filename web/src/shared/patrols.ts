// Evening patrols: planned by a search that runs in the service as a job, changed by hand, published. Lengths are meters, times seconds, places [longitude, latitude].
import type { components } from '../../api.gen.ts';
import { ask, query, regionPath } from './api.ts';
import { type JobApi, jobPath, jobsAt, listenTo, sent } from './jobs.ts';

type Schemas = components['schemas'];

export type PatrolRequest = Schemas['PatrolRequest'];
/** Its result is there once a first plan is, while a better one is still looked for. */
export type PatrolJob = Schemas['PatrolJobBody'];
export type Patrol = Schemas['PatrolBody'];
export type Team = Schemas['TeamBody'];
export type Stop = Schemas['StopBody'];
export type Along = Schemas['AlongBody'];
export type Carried = Schemas['CarriedBody'];
export type Published = Schemas['PublishedBody'];
export type PublishedPlan = Schemas['PublishedPlanBody'];

export interface PatrolsApi extends JobApi<PatrolRequest, PatrolJob> {
  /** Gives a stretch to another team, `null` being none; what comes of it is a plan of its own. */
  give(
    region: string,
    id: string,
    stretch: string,
    from: number | null,
    to: number | null,
  ): Promise<PatrolJob>;
  /** The latest evenings that have a published patrol. */
  published(region: string, limit: number): Promise<readonly Published[]>;
  publishedOn(region: string, day: string): Promise<PublishedPlan>;
  /** In the place of the one that was seen, if there was one. */
  publish(region: string, day: string, plan: string, seen: string | null): Promise<Published>;
  withdraw(region: string, day: string, seen: string): Promise<void>;
  /** Calls back when something is published or taken back; returns how to stop listening. */
  listenForPublished(region: string, changed: () => void): () => void;
}

const PLANS = 'patrol-plans';
const dayPath = (region: string, day: string) => `${regionPath(region)}/patrols/${encodeURIComponent(day)}`;

/** Where a team's way is as GPX, counted from 1. */
export const gpxAddress = (region: string, id: string, team: number) =>
  `${jobPath(PLANS, region, id)}/gpx?${query({ team })}`;

export const patrolsApi: PatrolsApi = {
  ...jobsAt(PLANS),
  give: (region, id, stretch, from, to) =>
    ask(`${jobPath(PLANS, region, id)}/moves`, sent('POST', { stretch, from, to })),
  published: (region, limit) =>
    ask<Schemas['PublishedListBody']>(`${regionPath(region)}/patrols?${query({ limit })}`, {
      cache: 'no-store',
    }).then((body) => body.patrols),
  publishedOn: (region, day) => ask(dayPath(region, day), { cache: 'no-store' }),
  publish: (region, day, plan, seen) =>
    ask(dayPath(region, day), sent('PUT', { plan }, seen === null ? {} : { 'if-match': seen })),
  withdraw: (region, day, seen) =>
    ask(dayPath(region, day), { method: 'DELETE', headers: { 'if-match': seen } }),
  listenForPublished: (region, changed) => listenTo(region, 'patrol', changed),
};
