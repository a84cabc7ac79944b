// Who one is: by name and password, or by the link of an invitation.
import { useState } from 'preact/hooks';
import { usePage, usePart, useWords } from './context.ts';
import { LanguagePick } from './parts.tsx';
import { faultText } from './texts.ts';

/** As many characters as a password has at least. */
const SHORTEST = 10;

export function SignIn() {
  const invitation = usePart((s) => s.invitation);
  const t = useWords();
  return (
    <section class="sign-in">
      <div class="sign-in-top">
        <img src="/icon.svg" alt="" width={56} height={56} />
        <div>
          <h1>{t('volTitle')}</h1>
          <p class="hint">{t('volSlogan')}</p>
        </div>
      </div>
      <InApp />
      {invitation === null ? <ByPassword /> : <ByInvitation />}
      <LanguagePick />
    </section>
  );
}

/** A page inside a chat program cannot start without a line. */
function InApp() {
  const t = useWords();
  const cannot = usePart((s) => s.phone.offline === 'not');
  return cannot ? <p class="note">{t('volInApp')}</p> : null;
}

function Wrong() {
  const t = useWords();
  const fault = usePart((s) => s.fault);
  return <div role="alert">{fault !== null && <p class="is-bad">{faultText(t, fault.fault)}</p>}</div>;
}

function Field(props: {
  label: string;
  hint?: string;
  type?: 'text' | 'password';
  autocomplete: 'username' | 'current-password' | 'new-password';
  value: string;
  give(value: string): void;
}) {
  return (
    <label class="field">
      <span>{props.label}</span>
      {props.hint !== undefined && <small>{props.hint}</small>}
      <input
        type={(props.type ?? 'text') as 'text'}
        autocomplete={props.autocomplete}
        autocapitalize="none"
        spellcheck={false}
        required
        value={props.value}
        onInput={(e) => props.give(e.currentTarget.value)}
      />
    </label>
  );
}

export function ByPassword() {
  const t = useWords();
  const { deeds } = usePage();
  const doing = usePart((s) => s.doing);
  const session = usePart((s) => s.session);
  const waiting = usePart((s) => s.entries.length > 0 && s.entries.some(({ state }) => state.is !== 'sent'));
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  return (
    <form
      class="form"
      onSubmit={(e) => {
        e.preventDefault();
        deeds.signIn(name.trim(), password);
      }}
    >
      {session === 'unknown' && <p class="note">{t('volNoLineToSignIn')}</p>}
      {waiting && <p class="note">{t('volStillSent')}</p>}
      <Field label={t('volName')} autocomplete="username" value={name} give={setName} />
      <Field
        label={t('volPassword')}
        type="password"
        autocomplete="current-password"
        value={password}
        give={setPassword}
      />
      <Wrong />
      <button type="submit" class="button is-main" disabled={doing !== null}>
        {t(doing === 'signIn' ? 'volSigningIn' : 'volSignIn')}
      </button>
      <p class="hint">{t('volByInvitation')}</p>
    </form>
  );
}

function ByInvitation() {
  const t = useWords();
  const { deeds, dispatch } = usePage();
  const who = usePart((s) => (s.session === 'there' ? s.who : null));
  const offer = usePart((s) => s.invitation?.offer ?? null);
  const doing = usePart((s) => s.doing);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const leave = (
    <button type="button" class="button is-quiet" onClick={() => dispatch({ is: 'invitationLeft' })}>
      {t('volHaveAccount')}
    </button>
  );
  if (offer === null)
    return (
      <div class="form">
        <Wrong />
        {doing === 'look' && <p role="status">{t('volOpening')}</p>}
        {leave}
      </div>
    );
  return (
    <form
      class="form"
      onSubmit={(e) => {
        e.preventDefault();
        deeds.accept(who === null ? { name: name.trim(), password } : null);
      }}
    >
      <p>
        <b>{t('volInvited')}</b> {t('volInvitedUntil', { date: t.date(offer.expires_at) })}
      </p>
      {who === null ? (
        <>
          <Field
            label={t('volName')}
            hint={t('volNameRule')}
            autocomplete="username"
            value={name}
            give={setName}
          />
          <Field
            label={t('volNewPassword')}
            hint={t('volPasswordRule', { n: SHORTEST })}
            type="password"
            autocomplete="new-password"
            value={password}
            give={setPassword}
          />
        </>
      ) : (
        <p>{t('volRoleAdds', { name: who })}</p>
      )}
      <Wrong />
      <button type="submit" class="button is-main" disabled={doing !== null}>
        {t(who === null ? 'volTakeUp' : 'volAddRole')}
      </button>
      {leave}
    </form>
  );
}
