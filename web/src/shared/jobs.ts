// Searches that run in the service as jobs: begun, looked at, ended, and told of by the service itself.
import type { components } from '../../api.gen.ts';
import { ask, regionPath } from './api.ts';

type JobNews = components['schemas']['JobEventBody'];

export interface JobApi<Request, Job> {
  begin(region: string, asked: Request): Promise<Job>;
  look(region: string, id: string): Promise<Job>;
  /** Ends the search; the best so far is its result. */
  end(region: string, id: string): Promise<Job>;
  /** Calls back when a job has got further; returns how to stop listening. */
  listen(region: string, changed: (id: string) => void): () => void;
}

/** What is sent as JSON. */
export const sent = (method: string, body: object, headers: Record<string, string> = {}): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** Where a job is. */
export const jobPath = (what: string, region: string, id: string) =>
  `${regionPath(region)}/${what}/${encodeURIComponent(id)}`;

/** The jobs under a name of the service's addresses. */
export const jobsAt = <Request extends object, Job>(what: string): JobApi<Request, Job> => ({
  begin: (region, asked) => ask(`${regionPath(region)}/${what}`, sent('POST', asked)),
  look: (region, id) => ask(jobPath(what, region, id), { cache: 'no-store' }),
  end: (region, id) => ask(jobPath(what, region, id), { method: 'DELETE' }),
  listen: (region, changed) =>
    listenTo(region, 'job', (event) => changed((JSON.parse(event.data) as JobNews).id)),
});

/** Calls back when a region tells some news; returns how to stop listening. */
export function listenTo(
  region: string,
  news: string,
  told: (event: MessageEvent<string>) => void,
): () => void {
  const source = new EventSource(`${regionPath(region)}/events`);
  source.addEventListener(news, told);
  return () => source.close();
}

export const isOver = ({ state }: { readonly state: string }) => state === 'done' || state === 'failed';
