// Who may do what: accounts and their roles, and the keys of one's own programs.
import type { AccountSeen, Grant, NewKey } from '../../../shared/accounts.ts';
import type { Hands } from '../effects.ts';

export function peopleDeeds({ desk, api, told, doing }: Hands) {
  const { dispatch } = desk;

  const accounts = async () => dispatch({ is: 'accountsCame', accounts: await api.accounts() });
  const keys = async () => dispatch({ is: 'keysCame', keys: await api.keys() });

  /** Says what somebody may do from now on, beside what others have given or taken meanwhile. */
  function setRoles({ id, name }: AccountSeen, roles: (was: readonly Grant[]) => readonly Grant[]) {
    return doing(
      'account',
      async () => {
        const was = (await api.accounts()).find((one) => one.id === id)?.roles ?? [];
        await api.setAccount(id, { roles: roles(was).map(({ role, region }) => ({ role, region })) });
        told.saved(name);
        await accounts();
      },
      String(id),
    );
  }

  return {
    openAccounts: () => {
      dispatch({ is: 'dialogOpened', dialog: { what: 'accounts', accounts: null, open: null } });
      return doing('look', async () => {
        await accounts();
        dispatch({ is: 'invitationsCame', open: await api.invitations() });
      });
    },
    /** Shuts somebody out, or lets them in again. */
    setActive: ({ id, name }: AccountSeen, is_active: boolean) =>
      doing(
        'account',
        async () => {
          await api.setAccount(id, { is_active });
          told.saved(name);
          await accounts();
        },
        String(id),
      ),
    /** In one region somebody has one role: another takes its place. */
    giveRole: (account: AccountSeen, grant: Grant) =>
      setRoles(account, (was) => [...was.filter((one) => one.region !== grant.region), grant]),
    takeRole: (account: AccountSeen, grant: Grant) =>
      setRoles(account, (was) => was.filter((one) => one.role !== grant.role || one.region !== grant.region)),

    openKeys: () => {
      dispatch({ is: 'dialogOpened', dialog: { what: 'keys', keys: null, made: null } });
      return doing('look', keys);
    },
    makeKey: (asked: NewKey) =>
      doing('key', async () => {
        dispatch({ is: 'keyMade', made: await api.makeKey(asked) });
        await keys();
      }),
    endKey: (id: number) =>
      doing(
        'key',
        async () => {
          await api.endKey(id);
          await keys();
        },
        String(id),
      ),
  };
}
