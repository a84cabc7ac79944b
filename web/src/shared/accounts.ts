// Who people are to the service: accounts, roles, sessions, invitations.
import type { components } from '../../api.gen.ts';

type Schemas = components['schemas'];

export type Role = Schemas['AccountRole'];
/** Each includes the ones before it. */
export const ROLES = [
  'volunteer',
  'dispatcher',
  'planner',
  'administrator',
] as const satisfies readonly Role[];

/** A role in one region, or in all where it is `null`. */
export type Grant = Schemas['GrantBody'];
export type Account = Pick<Schemas['AccountBody'], 'id' | 'name' | 'roles'>;
/** As whoever administers accounts sees one. */
export type AccountSeen = Schemas['AccountBody'];
/** What is left out stays. */
export type AccountEdit = Schemas['AccountRequest'];

export type Key = Schemas['KeyBody'];
export type NewKey = Schemas['KeyRequest'];
/** What the program shows is in it, this once. */
export type MadeKey = Schemas['NewKeyBody'];

export interface Session {
  readonly account: Account | null;
}

/** What an invitation's link promises. */
export type Invitation = Schemas['OfferBody'];
export type OpenInvitation = Schemas['InvitationBody'];
/** Its token is shown this once. */
export type NewInvitation = Schemas['NewInvitationBody'];

/** Whether an account holds a role, or one that includes it, in a region. */
export function holds(account: Account | null, role: Role, region: string | null): boolean {
  const least = ROLES.indexOf(role);
  return (account?.roles ?? []).some(
    (grant) => least <= ROLES.indexOf(grant.role) && (grant.region === null || grant.region === region),
  );
}
