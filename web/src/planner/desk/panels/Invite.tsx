// Inviting somebody: a role, a region, and a link that is shown once; the links that are still open.
import { useState } from 'preact/hooks';
import {
  holds,
  type NewInvitation,
  type OpenInvitation,
  ROLES,
  type Role,
} from '../../../shared/accounts.ts';
import { Modal } from '../../panels/Modal.tsx';
import { usePart, usePlanner, useWords } from '../../panels/planner.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { Field, useGrantText, Wrong } from './parts.tsx';
import { useClose } from './SignIn.tsx';

export function Invite(props: { made: NewInvitation | null; open: readonly OpenInvitation[] | null }) {
  const t = useWords();
  const { can } = useAtDesk();
  const { deeds } = usePlanner();
  const close = useClose();
  const region = usePart((s) => s.region);
  const account = useDeskPart((s) => s.account);
  const doing = useDeskPart((s) => s.doing);
  const grantText = useGrantText();
  const [role, setRole] = useState<Role>('volunteer');
  const [isEverywhere, setEverywhere] = useState(false);
  const rules = holds(account, 'administrator', null);
  const offered = ROLES.filter((one) => one !== 'administrator' || rules);
  const link =
    props.made === null ? null : `${location.origin}${location.pathname}#invitation=${props.made.token}`;
  return (
    <Modal heading={t('deskInvite')} class="dialog is-small" onClose={close}>
      <form
        class="desk-form"
        onSubmit={(e) => {
          e.preventDefault();
          void can.invite({ role, region: isEverywhere ? null : region });
        }}
      >
        <Field label={t('deskRole')} hint={t(`deskRoleDoes_${role}`)}>
          <select value={role} onChange={(e) => setRole(e.currentTarget.value as Role)}>
            {offered.map((one) => (
              <option key={one} value={one}>
                {t(`deskRole_${one}`)}
              </option>
            ))}
          </select>
        </Field>
        {rules && (
          <label class="check">
            <input
              type="checkbox"
              checked={isEverywhere}
              onChange={(e) => setEverywhere(e.currentTarget.checked)}
            />
            <span>{t('deskEverywhere')}</span>
          </label>
        )}
        <Wrong deeds={['invite', 'look']} />
        <button type="submit" class="button is-main" disabled={doing === 'invite'}>
          {t('deskMakeLink')}
        </button>
      </form>
      {link !== null && props.made !== null && (
        <div class="desk-link" role="status">
          <p>{t('deskLinkOnce', { grant: grantText(props.made), date: t.date(props.made.expires_at) })}</p>
          <input
            type="text"
            readOnly
            aria-label={t('deskLink')}
            value={link}
            onFocus={(e) => e.currentTarget.select()}
          />
          <button type="button" class="button" onClick={() => deeds.copy(link)}>
            {t('copyLink')}
          </button>
        </div>
      )}
      {props.open !== null && props.open.length > 0 && (
        <>
          <h3>{t('deskOpenInvitations')}</h3>
          <OpenInvitations open={props.open} />
        </>
      )}
    </Modal>
  );
}

export function OpenInvitations({ open }: { open: readonly OpenInvitation[] }) {
  const t = useWords();
  const { can } = useAtDesk();
  const grantText = useGrantText();
  return (
    <ul class="desk-rows">
      {open.map((one) => (
        <li key={one.id}>
          <span>
            {grantText(one)}{' '}
            <small>{t('deskInvitedBy', { name: one.created_by, date: t.date(one.expires_at) })}</small>
          </span>
          <button type="button" class="button is-small" onClick={() => void can.withdraw(one.id)}>
            {t('deskWithdraw')}
          </button>
        </li>
      ))}
    </ul>
  );
}
