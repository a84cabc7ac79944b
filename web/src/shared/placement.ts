// Where the next pieces go: a search that runs in the service as a job. Lengths are meters, places [longitude, latitude].
import type { components } from '../../api.gen.ts';
import { type JobApi, jobsAt } from './jobs.ts';

type Schemas = components['schemas'];

/** So many pieces, or a share of the bank; of the kinds, which all count, the first is what is put up. */
export type PlacementRequest = Schemas['PlacementRequest'];
export type Placement = Schemas['PlacementBody'];
export type Site = Schemas['SiteBody'];
/** Its result is there once a first answer is, while a better one is still looked for. */
export type Job = Schemas['JobBody'];

export type PlacementApi = JobApi<PlacementRequest, Job>;
export const placementApi: PlacementApi = jobsAt('placement');
