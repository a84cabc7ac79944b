// Who is signed in, and with which roles; signing out, another password, inviting others, accounts, keys.
import { holds } from '../../../shared/accounts.ts';
import { Menu } from '../../panels/Menu.tsx';
import { Icon } from '../../panels/parts.tsx';
import { useDesk, useWords } from '../../panels/planner.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { useGrantText } from './parts.tsx';

export function AccountMenu() {
  const t = useWords();
  const { can, tell } = useAtDesk();
  const account = useDeskPart((s) => s.account);
  const canPlan = useDesk()?.canPlan.value ?? false;
  const grantText = useGrantText();
  if (account === null) {
    return (
      <button
        type="button"
        class="sign-in"
        aria-label={t('signIn')}
        onClick={() => tell({ is: 'dialogOpened', dialog: { what: 'signIn', has_ended: false } })}
      >
        <Icon name="user" />
        <span class="is-wide-only">{t('signIn')}</span>
      </button>
    );
  }
  return (
    <Menu label={t('deskSignedInAs', { name: account.name })} icon="user" text={account.name}>
      {(close) => {
        const then = (run: () => void) => () => {
          close();
          run();
        };
        return (
          <ul class="account">
            <li class="account-who">
              <b>{account.name}</b>
              {account.roles.map((grant) => (
                <small key={`${grant.role} ${grant.region}`}>{grantText(grant)}</small>
              ))}
              {account.roles.length === 0 && <small>{t('deskNoRole')}</small>}
            </li>
            {canPlan && (
              <li>
                <button type="button" onClick={then(() => void can.openInvitations())}>
                  {t('deskInvite')}
                </button>
              </li>
            )}
            {holds(account, 'administrator', null) && (
              <li>
                <button type="button" onClick={then(() => void can.openAccounts())}>
                  {t('deskAccounts')}
                </button>
              </li>
            )}
            {account.roles.length > 0 && (
              <li>
                <button type="button" onClick={then(() => void can.openKeys())}>
                  {t('deskKeys')}
                </button>
              </li>
            )}
            <li>
              <button
                type="button"
                onClick={then(() => tell({ is: 'dialogOpened', dialog: { what: 'password' } }))}
              >
                {t('deskChangePassword')}
              </button>
            </li>
            <li>
              <button type="button" onClick={then(() => void can.signOut())}>
                {t('deskSignOut')}
              </button>
            </li>
          </ul>
        );
      }}
    </Menu>
  );
}
