// Who can sign in and with which roles: shut out or let in, a role given or taken, and the invitations that are open.
import { useState } from 'preact/hooks';
import type { AccountSeen, OpenInvitation } from '../../../../shared/accounts.ts';
import { Modal } from '../../../panels/Modal.tsx';
import { Skeleton } from '../../../panels/parts.tsx';
import { usePart, useWords } from '../../../panels/planner.ts';
import { regionOf } from '../../../state.ts';
import { useAtDesk, useDeskPart } from '../context.ts';
import { OpenInvitations } from '../Invite.tsx';
import { Field, useGrantText, Wrong } from '../parts.tsx';
import { useClose } from '../SignIn.tsx';
import { useGrantFields } from './Grants.tsx';

/** With more accounts than this, one looks for a name. */
const MANY = 8;

export function Accounts(props: {
  accounts: readonly AccountSeen[] | null;
  open: readonly OpenInvitation[] | null;
}) {
  const t = useWords();
  const { can } = useAtDesk();
  const close = useClose();
  const hasFailed = useDeskPart((s) => s.fault?.deed === 'look');
  const [text, setText] = useState('');
  const accounts = props.accounts ?? [];
  const found = accounts.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <Modal heading={t('deskAccounts')} class="dialog" onClose={close}>
      <Wrong deeds={['look']} />
      {props.accounts === null && !hasFailed && <Skeleton rows={4} doing="page" />}
      {MANY < accounts.length && (
        <Field label={t('deskFindAccount')}>
          <input type="search" value={text} onInput={(e) => setText(e.currentTarget.value)} />
        </Field>
      )}
      {props.accounts !== null && found.length === 0 && <p class="empty">{t('deskAccountsNone')}</p>}
      <ul class="desk-accounts">
        {found.map((account) => (
          <AccountRow key={account.id} account={account} />
        ))}
      </ul>
      <h3>{t('deskOpenInvitations')}</h3>
      {props.open !== null && props.open.length === 0 && <p class="hint">{t('deskInvitationsNone')}</p>}
      {props.open !== null && <OpenInvitations open={props.open} />}
      <Wrong deeds={['invite']} />
      <div class="desk-save">
        <button type="button" class="button" onClick={() => void can.openInvitations()}>
          {t('deskInvite')}
        </button>
      </div>
    </Modal>
  );
}

function AccountRow({ account }: { account: AccountSeen }) {
  const t = useWords();
  const { can } = useAtDesk();
  const { id, name, roles, is_active, signed_in_at } = account;
  const isOwn = useDeskPart((s) => s.account?.id === id);
  const isBusy = useDeskPart((s) => s.doing !== null);
  const zone = usePart((s) => regionOf(s)?.settings?.time_zone);
  const grantText = useGrantText();
  const [isGiving, setGiving] = useState(false);
  const seen =
    signed_in_at === null
      ? t('deskNeverSignedIn')
      : t('deskSignedInAt', {
          date: t.date(signed_in_at),
          time: t.time(Date.parse(signed_in_at), zone),
        });
  return (
    <li>
      <div class="desk-account-head">
        <span>
          <b>{isOwn ? t('deskYou', { name }) : name}</b>{' '}
          {!is_active && <span class="is-bad">{t('deskShut')}</span>}
          <small>{seen}</small>
        </span>
        {!isOwn && (
          <button
            type="button"
            class="button is-small"
            disabled={isBusy}
            aria-label={t(is_active ? 'deskShutOutWhom' : 'deskLetInWhom', { name })}
            onClick={() => void can.setActive(account, !is_active)}
          >
            {t(is_active ? 'deskShutOut' : 'deskLetIn')}
          </button>
        )}
      </div>
      <ul class="desk-roles">
        {roles.map((grant) => (
          <li key={`${grant.role} ${grant.region}`}>
            {grantText(grant)}
            {!isOwn && (
              <button
                type="button"
                class="desk-take"
                disabled={isBusy}
                aria-label={t('deskTakeRole', { grant: grantText(grant), name })}
                title={t('deskTakeRole', { grant: grantText(grant), name })}
                onClick={() => void can.takeRole(account, grant)}
              >
                ×
              </button>
            )}
          </li>
        ))}
        {roles.length === 0 && <li class="is-none">{t('deskNoRole')}</li>}
        {!isOwn && (
          <li class="is-more">
            <button
              type="button"
              class="link"
              aria-expanded={isGiving}
              aria-label={t('deskGiveRoleTo', { name })}
              onClick={() => setGiving(!isGiving)}
            >
              {t('deskGiveRole')}
            </button>
          </li>
        )}
      </ul>
      {isOwn && <p class="hint">{t('deskOwnAccount')}</p>}
      {isGiving && <GiveRole account={account} onDone={() => setGiving(false)} />}
      <Wrong deeds={['account']} about={String(id)} />
    </li>
  );
}

function GiveRole({ account, onDone }: { account: AccountSeen; onDone(): void }) {
  const t = useWords();
  const { can } = useAtDesk();
  const own = useDeskPart((s) => s.account);
  const isBusy = useDeskPart((s) => s.doing !== null);
  const { grant, fields } = useGrantFields(own);
  if (grant === null) return null;
  return (
    <form
      class="desk-form desk-give"
      onSubmit={(e) => {
        e.preventDefault();
        onDone();
        void can.giveRole(account, grant);
      }}
    >
      {fields}
      <button type="submit" class="button is-main" disabled={isBusy}>
        {t('deskGive')}
      </button>
    </form>
  );
}
