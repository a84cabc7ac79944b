// Who people are to the service: accounts, roles, sessions, invitations.

/** Each includes the ones before it. */
export const ROLES = ['volunteer', 'dispatcher', 'planner', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** A role in one region, or in all where it is `null`. */
export interface Grant {
  readonly role: Role;
  readonly region: string | null;
}

export interface Account {
  readonly id: number;
  readonly name: string;
  readonly roles: readonly Grant[];
}

export interface Session {
  readonly account: Account | null;
}

/** What an invitation's link promises. */
export interface Invitation extends Grant {
  readonly expires_at: string;
}

export interface OpenInvitation extends Invitation {
  readonly id: number;
  readonly created_by: string;
}

/** Its token is shown this once. */
export interface NewInvitation extends Invitation {
  readonly id: number;
  readonly token: string;
}

/** Whether an account holds a role, or one that includes it, in a region. */
export function holds(account: Account | null, role: Role, region: string | null): boolean {
  const least = ROLES.indexOf(role);
  return (account?.roles ?? []).some(
    (grant) => least <= ROLES.indexOf(grant.role) && (grant.region === null || grant.region === region),
  );
}
