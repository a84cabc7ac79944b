// Who may be called to the water: as dispatchers and planners see and change the list. Nobody else is told of it.
import type { components } from '../../api.gen.ts';
import { ask, regionPath } from './api.ts';
import { listenTo, sent } from './jobs.ts';

type Schemas = components['schemas'];

export const RESPONDER_KINDS = [
  'volunteer',
  'team',
  'police',
  'workstation',
  'fire',
] as const satisfies readonly ResponderKind[];
export type ResponderKind = Schemas['Responder'];
export const TRAVELS = ['foot', 'ebike', 'car'] as const satisfies readonly Travel[];
export type Travel = Schemas['Carried'];

export type Responder = Schemas['RosterEntry'];
/** All that is said of one; what is not known is `null`. */
export type ResponderEdit = Required<Omit<Schemas['ResponderRequest'], 'datum'>>;

export interface RespondersApi {
  all(region: string): Promise<readonly Responder[]>;
  add(region: string, edit: ResponderEdit): Promise<Responder>;
  /** Unless somebody has changed them since they were seen. */
  edit(region: string, id: string, validator: string, edit: ResponderEdit): Promise<Responder>;
  takeOff(region: string, id: string, validator: string): Promise<void>;
  /** Whether they come now, whatever the hour; `null`: their hours hold again. */
  turn(region: string, id: string, on_duty: boolean | null): Promise<Responder>;
  /** Calls back when the list has changed; returns how to stop listening. */
  listen(region: string, changed: () => void): () => void;
}

const pathOf = (region: string) => `${regionPath(region)}/responders`;
const onePath = (region: string, id: string) => `${pathOf(region)}/${encodeURIComponent(id)}`;

export const respondersApi: RespondersApi = {
  all: (region) =>
    ask<{ responders: Responder[] }>(pathOf(region), { cache: 'no-store' }).then(
      ({ responders }) => responders,
    ),
  add: (region, edit) => ask(pathOf(region), sent('POST', edit)),
  edit: (region, id, validator, edit) =>
    ask(onePath(region, id), sent('PUT', edit, { 'if-match': validator })),
  takeOff: (region, id, validator) =>
    ask(onePath(region, id), { method: 'DELETE', headers: { 'if-match': validator } }),
  turn: (region, id, on_duty) => ask(onePath(region, id), sent('PATCH', { on_duty })),
  listen: (region, changed) => listenTo(region, 'responders', changed),
};
