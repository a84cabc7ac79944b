import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Deeds, deedsOf } from '../../../src/planner/desk/effects.ts';
import { next } from '../../../src/planner/desk/next.ts';
import { type DeskState, NOBODY } from '../../../src/planner/desk/state.ts';
import { type DeskStore, deskStore } from '../../../src/planner/desk/store.ts';
import { storeOf } from '../../../src/planner/store.ts';
import type { AccountEdit, AccountSeen, Key, NewKey } from '../../../src/shared/accounts.ts';
import { Refused } from '../../../src/shared/api.ts';
import type { RegisterApi } from '../../../src/shared/register.ts';
import { pageAfter, regionsCame } from '../../world.ts';

const li: AccountSeen = {
  id: 2,
  name: 'li',
  roles: [{ role: 'volunteer', region: 'here' }],
  is_active: true,
  signed_in_at: null,
};
const key: Key = {
  id: 1,
  name: 'QGIS',
  role: 'planner',
  region: null,
  expires_at: '2027-01-01T00:00:00Z',
  last_used_at: null,
};

const refusal = (status: number, kind: string) =>
  new Refused({ type: `/problems/${kind}`, title: kind, status, detail: kind });

/** Accounts and keys, which others can change behind one's back. */
class Kept {
  accounts: AccountSeen[] = [li];
  keys: Key[] = [];
  fault: Refused | null = null;

  get api(): RegisterApi {
    const say = <T>(run: () => T): Promise<T> =>
      Promise.resolve().then(() => {
        if (this.fault) throw this.fault;
        return run();
      });
    return {
      accounts: () => Promise.resolve(this.accounts),
      invitations: () => say(() => []),
      setAccount: (id: number, { is_active, roles }: AccountEdit) =>
        say(() => {
          this.accounts = this.accounts.map((one) =>
            one.id === id
              ? {
                  ...one,
                  is_active: is_active ?? one.is_active,
                  roles: (roles as AccountSeen['roles'] | undefined) ?? one.roles,
                }
              : one,
          );
          return this.accounts[0] as AccountSeen;
        }),
      keys: () => say(() => this.keys),
      makeKey: ({ name }: NewKey) =>
        say(() => {
          this.keys = [{ ...key, name }];
          return { ...key, name, key: 'zk_secret' };
        }),
      endKey: () =>
        say(() => {
          this.keys = [];
        }),
    } as Partial<RegisterApi> as RegisterApi;
  }
}

let kept: Kept;
let desk: DeskStore;
let can: Deeds;
const told = { saved: vi.fn() };
const now = () => desk.state.peek();
const dialog = <W extends 'accounts' | 'keys'>(what: W) => {
  const open = now().dialog;
  if (open?.what !== what) throw new Error(`no dialog of ${what} is open`);
  return open as Extract<NonNullable<DeskState['dialog']>, { what: W }>;
};

beforeEach(() => {
  vi.clearAllMocks();
  kept = new Kept();
  desk = deskStore();
  can = deedsOf(desk, storeOf(pageAfter(regionsCame)), kept.api, told as never);
});

describe('accounts', () => {
  beforeEach(() => can.openAccounts());

  it('are listed with the invitations that are open', () => {
    expect(dialog('accounts')).toMatchObject({ accounts: [{ name: 'li' }], open: [] });
    expect(now().doing).toBeNull();
  });

  it('are shut and opened again', async () => {
    await can.setActive(li, false);
    expect(dialog('accounts').accounts).toMatchObject([{ is_active: false }]);
    await can.setActive(li, true);
    expect(dialog('accounts').accounts).toMatchObject([{ is_active: true }]);
  });

  it('have one role in each region: another takes its place', async () => {
    await can.giveRole(li, { role: 'planner', region: 'here' });
    await can.giveRole(li, { role: 'dispatcher', region: 'there' });
    expect(kept.accounts[0]?.roles).toEqual([
      { role: 'planner', region: 'here' },
      { role: 'dispatcher', region: 'there' },
    ]);
  });

  it('keep the roles that somebody else has given since they were seen', async () => {
    kept.accounts = [{ ...li, roles: [...li.roles, { role: 'planner', region: 'there' }] }];
    await can.takeRole(li, { role: 'volunteer', region: 'here' });
    expect(dialog('accounts').accounts?.[0]?.roles).toEqual([{ role: 'planner', region: 'there' }]);
  });

  it('tell at their own row what was refused', async () => {
    kept.fault = refusal(409, 'last-administrator');
    await can.setActive(li, false);
    expect(now().fault).toMatchObject({
      deed: 'account',
      about: '2',
      fault: { kind: 'last-administrator' },
    });
  });
});

describe('keys', () => {
  beforeEach(() => can.openKeys());

  it('are listed when they are asked for', async () => {
    kept.keys = [key];
    await can.openKeys();
    expect(dialog('keys').keys).toMatchObject([{ name: 'QGIS' }]);
  });

  it('are shown once when they are made, and revoked', async () => {
    await can.makeKey({ name: 'QGIS', role: 'planner', region: null, expires_in_days: 90 });
    expect(dialog('keys')).toMatchObject({ keys: [{ name: 'QGIS' }], made: { key: 'zk_secret' } });
    await can.endKey(1);
    expect(dialog('keys')).toMatchObject({ keys: [], made: null });
  });

  it('that were made are forgotten with the dialog', async () => {
    await can.makeKey({ name: 'QGIS', role: 'planner', region: null, expires_in_days: 90 });
    await can.openKeys();
    expect(dialog('keys').made).toBeNull();
  });

  it('that come when the dialog is closed already are left alone', () => {
    expect(next(NOBODY, { is: 'keyMade', made: { ...key, key: 'zk_secret' } })).toBe(NOBODY);
    expect(next(NOBODY, { is: 'keysCame', keys: [key] })).toBe(NOBODY);
    expect(next(NOBODY, { is: 'accountsCame', accounts: [li] })).toBe(NOBODY);
  });
});
