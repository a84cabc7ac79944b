// Dialogs about who one is: signing in, taking up an invitation, another password.
import { useState } from 'preact/hooks';
import type { Invitation } from '../../../shared/accounts.ts';
import { Modal } from '../../panels/Modal.tsx';
import { useWords } from '../../panels/planner.ts';
import { ByProvider } from './ByProvider.tsx';
import { useAtDesk, useDeskPart } from './context.ts';
import { TextField, useGrantText, Wrong } from './parts.tsx';

/** As many characters as a password has at least. */
const SHORTEST = 10;

export function useClose() {
  const { tell } = useAtDesk();
  return () => tell({ is: 'dialogOpened', dialog: null });
}

export function SignIn({ hasEnded }: { hasEnded: boolean }) {
  const t = useWords();
  const { can } = useAtDesk();
  const close = useClose();
  const isUnderWay = useDeskPart((s) => s.doing === 'signIn');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  return (
    <Modal heading={t('signIn')} class="dialog is-small" onClose={close}>
      <form
        class="desk-form"
        onSubmit={(e) => {
          e.preventDefault();
          void can.signIn(name.trim(), password);
        }}
      >
        {hasEnded && <p class="note">{t('deskSessionEnded')}</p>}
        <TextField label={t('deskName')} isFirst autocomplete="username" value={name} give={setName} />
        <TextField
          label={t('deskPassword')}
          type="password"
          autocomplete="current-password"
          value={password}
          give={setPassword}
        />
        <Wrong deeds={['signIn']} />
        <button type="submit" class="button is-main" disabled={isUnderWay}>
          {t(isUnderWay ? 'deskSigningIn' : 'signIn')}
        </button>
        <ByProvider invited={null} />
        <p class="hint">{t('deskByInvitation')}</p>
      </form>
    </Modal>
  );
}

/** Two fields that must say the same; `null` until they do. */
function useNewPassword() {
  const t = useWords();
  const [first, setFirst] = useState('');
  const [again, setAgain] = useState('');
  const isShort = first !== '' && first.length < SHORTEST;
  const differs = again !== '' && first !== again;
  const fields = (
    <>
      <TextField
        label={t('deskNewPassword')}
        hint={t('deskPasswordRule', { n: SHORTEST })}
        type="password"
        autocomplete="new-password"
        value={first}
        give={setFirst}
      />
      <TextField
        label={t('deskPasswordAgain')}
        type="password"
        autocomplete="new-password"
        value={again}
        give={setAgain}
      />
      <p class="is-bad" role="status">
        {differs ? t('deskPasswordDiffers') : isShort && again !== '' ? t('deskFault_weak_password') : ''}
      </p>
    </>
  );
  return { fields, password: first === again && !isShort && first !== '' ? first : null };
}

export function TakeUp({ token, looked }: { token: string; looked: Invitation | null }) {
  const t = useWords();
  const { can, tell } = useAtDesk();
  const close = useClose();
  const account = useDeskPart((s) => s.account);
  const doing = useDeskPart((s) => s.doing);
  const isRefused = useDeskPart((s) => s.fault?.deed === 'look');
  const grantText = useGrantText();
  const [name, setName] = useState('');
  const { fields, password } = useNewPassword();
  const isUnderWay = doing === 'accept';
  return (
    <Modal heading={t('deskInvitation')} class="dialog is-small" onClose={close}>
      <Wrong deeds={['look']} />
      {looked === null && !isRefused && <p role="status">{t('deskLooking')}</p>}
      {looked !== null && (
        <form
          class="desk-form"
          onSubmit={(e) => {
            e.preventDefault();
            if (account !== null) void can.accept(token, null);
            else if (password !== null) void can.accept(token, { name: name.trim(), password });
          }}
        >
          <p class="desk-grant">
            {t('deskInvitedAs')} <b>{grantText(looked)}</b>
          </p>
          <p class="hint">{t('deskInvitedUntil', { date: t.date(looked.expires_at) })}</p>
          {account === null ? (
            <>
              <TextField
                label={t('deskName')}
                isFirst
                hint={t('deskNameRule')}
                autocomplete="username"
                maxLength={40}
                value={name}
                give={setName}
              />
              {fields}
            </>
          ) : (
            <p>{t('deskRoleAdds', { name: account.name })}</p>
          )}
          <Wrong deeds={['accept']} />
          <button type="submit" class="button is-main" disabled={isUnderWay}>
            {t(account === null ? 'deskTakeUp' : 'deskAddRole')}
          </button>
          {account === null && (
            <>
              <ByProvider invited={{ token, name: name.trim() }} />
              <button
                type="button"
                class="link"
                onClick={() => tell({ is: 'dialogOpened', dialog: { what: 'signIn', has_ended: false } })}
              >
                {t('deskHaveAccount')}
              </button>
            </>
          )}
        </form>
      )}
    </Modal>
  );
}

export function ChangePassword() {
  const t = useWords();
  const { can } = useAtDesk();
  const close = useClose();
  const account = useDeskPart((s) => s.account);
  const isUnderWay = useDeskPart((s) => s.doing === 'password');
  const [old, setOld] = useState('');
  const { fields, password } = useNewPassword();
  return (
    <Modal heading={t('deskChangePassword')} class="dialog is-small" onClose={close}>
      <form
        class="desk-form"
        onSubmit={(e) => {
          e.preventDefault();
          if (password !== null) void can.setPassword(old, password);
        }}
      >
        {/* So that the browser's own keeper of passwords knows whose it is. */}
        <input
          type="text"
          class="visually-hidden"
          autocomplete="username"
          tabIndex={-1}
          aria-hidden="true"
          value={account?.name ?? ''}
          readOnly
        />
        <TextField
          label={t('deskOldPassword')}
          isFirst
          type="password"
          autocomplete="current-password"
          value={old}
          give={setOld}
        />
        {fields}
        <Wrong deeds={['password']} />
        <button type="submit" class="button is-main" disabled={isUnderWay}>
          {t('deskChangePassword')}
        </button>
      </form>
    </Modal>
  );
}
