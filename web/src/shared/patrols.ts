// Evening patrols: planned by a search that runs in the service as a job, changed by hand, published. Lengths are meters, times seconds, places [longitude, latitude].
import type { components } from '../../api.gen.ts';
import { ask, query, regionPath } from './api.ts';

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
type JobNews = Schemas['JobEventBody'];

export interface PatrolsApi {
  begin(region: string, asked: PatrolRequest): Promise<PatrolJob>;
  look(region: string, id: string): Promise<PatrolJob>;
  /** Ends the search; the best so far is its result. */
  end(region: string, id: string): Promise<PatrolJob>;
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
  /** Calls back when a job has got further; returns how to stop listening. */
  listen(region: string, changed: (id: string) => void): () => void;
  /** Calls back when something is published or taken back; returns how to stop listening. */
  listenForPublished(region: string, changed: () => void): () => void;
}

const plansPath = (region: string) => `${regionPath(region)}/patrol-plans`;
const planPath = (region: string, id: string) => `${plansPath(region)}/${encodeURIComponent(id)}`;
const dayPath = (region: string, day: string) => `${regionPath(region)}/patrols/${encodeURIComponent(day)}`;
const sent = (method: string, body: object, headers: Record<string, string> = {}) => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** Where a team's way is as GPX, counted from 1. */
export const gpxAddress = (region: string, id: string, team: number) =>
  `${planPath(region, id)}/gpx?${query({ team })}`;

export const patrolsApi: PatrolsApi = {
  begin: (region, asked) => ask(plansPath(region), sent('POST', asked)),
  look: (region, id) => ask(planPath(region, id), { cache: 'no-store' }),
  end: (region, id) => ask(planPath(region, id), { method: 'DELETE' }),
  give: (region, id, stretch, from, to) =>
    ask(`${planPath(region, id)}/moves`, sent('POST', { stretch, from, to })),
  published: (region, limit) =>
    ask<Schemas['PublishedListBody']>(`${regionPath(region)}/patrols?${query({ limit })}`, {
      cache: 'no-store',
    }).then((body) => body.patrols),
  publishedOn: (region, day) => ask(dayPath(region, day), { cache: 'no-store' }),
  publish: (region, day, plan, seen) =>
    ask(dayPath(region, day), sent('PUT', { plan }, seen === null ? {} : { 'if-match': seen })),
  withdraw: (region, day, seen) =>
    ask(dayPath(region, day), { method: 'DELETE', headers: { 'if-match': seen } }),
  listen(region, changed) {
    const source = new EventSource(`${regionPath(region)}/events`);
    source.addEventListener('job', (event: MessageEvent<string>) =>
      changed((JSON.parse(event.data) as JobNews).id),
    );
    return () => source.close();
  },
  listenForPublished(region, changed) {
    const source = new EventSource(`${regionPath(region)}/events`);
    source.addEventListener('patrol', changed);
    return () => source.close();
  },
};
