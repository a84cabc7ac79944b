// Where the next pieces go: a search that runs in the service as a job. Lengths are meters, places [longitude, latitude].
import type { components } from '../../api.gen.ts';
import { ask, regionPath } from './api.ts';

type Schemas = components['schemas'];

/** So many pieces, or a share of the bank; of the kinds, which all count, the first is what is put up. */
export type PlacementRequest = Schemas['PlacementRequest'];
export type Placement = Schemas['PlacementBody'];
export type Site = Schemas['SiteBody'];
/** Its result is there once a first answer is, while a better one is still looked for. */
export type Job = Schemas['JobBody'];
type JobNews = Schemas['JobEventBody'];

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
      changed((JSON.parse(event.data) as JobNews).id),
    );
    return () => source.close();
  },
};
