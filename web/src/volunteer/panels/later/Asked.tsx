// What is asked or told where nothing is urgent: the reminder, an entry to be deleted, signing in again, signing out.
import { ownRun } from '../../next.ts';
import { usePage, usePart, useWords } from '../context.ts';
import { Icon, Sheet, useClose } from '../parts.tsx';
import { ByPassword } from '../SignIn.tsx';
import { entryText } from '../texts.ts';
import { reminderOf } from './texts.ts';

/** Large enough to be read with arms stretched, and aloud for who cannot. */
export function Reminder() {
  const t = useWords();
  const { deeds } = usePage();
  const lines = reminderOf(
    t,
    usePart((s) => s.pack?.value ?? null),
  );
  const text = lines.join('\n');
  return (
    <Sheet heading={t('volReminder')} class="is-big">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <button type="button" class="button is-full" onClick={() => deeds.chime(text)}>
        {t('volChime')}
      </button>
      {'speechSynthesis' in globalThis && (
        <button type="button" class="button is-main is-large" onClick={() => deeds.readAloud(text)}>
          <Icon name="speak" />
          {t('volReadAloud')}
        </button>
      )}
    </Sheet>
  );
}

export function Drop({ uuid }: { uuid: string }) {
  const t = useWords();
  const { deeds } = usePage();
  const close = useClose();
  const text = usePart((s) => {
    const entry = s.entries.find((one) => one.uuid === uuid);
    return entry === undefined ? '' : entryText(t, entry, s);
  });
  return (
    <Sheet heading={t('volDropAsk')}>
      <p>{text}</p>
      <button type="button" class="button is-main is-large" onClick={close}>
        {t('volKeep')}
      </button>
      <button type="button" class="button is-full is-no" onClick={() => deeds.drop(uuid)}>
        {t('volDelete')}
      </button>
    </Sheet>
  );
}

export function SignInAgain() {
  const t = useWords();
  return (
    <Sheet heading={t('volSignInAgain')}>
      <ByPassword />
    </Sheet>
  );
}

export function SignOut() {
  const t = useWords();
  const { deeds } = usePage();
  const close = useClose();
  const isActive = usePart((s) => ownRun(s).state === 'active');
  const waiting = usePart((s) => s.entries.filter(({ state }) => state.is !== 'sent').length);
  return (
    <Sheet heading={t('volSignOutAsk')}>
      {isActive && <p class="note is-fault">{t('volSignOutActive')}</p>}
      {waiting > 0 && <p>{t('volSignOutWaiting', { n: waiting })}</p>}
      <button type="button" class="button is-full is-no" onClick={deeds.signOut}>
        {t('volSignOut')}
      </button>
      <button type="button" class="button is-main is-large" onClick={close}>
        {t('back')}
      </button>
    </Sheet>
  );
}
