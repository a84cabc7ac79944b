// The keys of one's own programs: made with a role and an end, shown once, taken back.
import { useState } from 'preact/hooks';
import type { Key, MadeKey } from '../../../../shared/accounts.ts';
import { Modal } from '../../../panels/Modal.tsx';
import { Skeleton } from '../../../panels/parts.tsx';
import { usePlanner, useWords } from '../../../panels/planner.ts';
import { useAtDesk, useDeskPart } from '../context.ts';
import { Field, TextField, useGrantText, Wrong } from '../parts.tsx';
import { useClose } from '../SignIn.tsx';
import { useGrantFields } from './Grants.tsx';

const DAYS = [30, 90, 365, 730] as const;

export function Keys({ keys, made }: { keys: readonly Key[] | null; made: MadeKey | null }) {
  const t = useWords();
  const close = useClose();
  const hasFailed = useDeskPart((s) => s.fault?.deed === 'look');
  return (
    <Modal heading={t('deskKeys')} class="dialog" onClose={close}>
      <p class="hint">{t('deskKeysAre')}</p>
      <Wrong deeds={['look']} />
      {keys === null && !hasFailed && <Skeleton rows={2} doing="page" />}
      {keys?.length === 0 && <p class="empty">{t('deskKeysNone')}</p>}
      <ul class="desk-rows">
        {(keys ?? []).map((key) => (
          <KeyRow key={key.id} made={key} />
        ))}
      </ul>
      {made === null ? <MakeKey /> : <Made made={made} keys={keys} />}
    </Modal>
  );
}

function KeyRow({ made: { id, name, role, region, expires_at, last_used_at } }: { made: Key }) {
  const t = useWords();
  const { can } = useAtDesk();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const grantText = useGrantText();
  return (
    <li class="desk-key">
      <span>
        <b>{name}</b>
        <small>
          {grantText({ role, region })} · {t('deskUntil', { date: t.date(expires_at) })} ·{' '}
          {last_used_at === null ? t('deskKeyUnused') : t('deskKeyUsed', { date: t.date(last_used_at) })}
        </small>
      </span>
      <button
        type="button"
        class="button is-small"
        disabled={isBusy}
        aria-label={t('deskEndKeyOf', { name })}
        onClick={() => void can.endKey(id)}
      >
        {t('deskEndKey')}
      </button>
      <Wrong deeds={['key']} about={String(id)} />
    </li>
  );
}

function MakeKey() {
  const t = useWords();
  const { can } = useAtDesk();
  const account = useDeskPart((s) => s.account);
  const isBusy = useDeskPart((s) => s.doing === 'key');
  const { grant, fields } = useGrantFields(account);
  const [name, setName] = useState('');
  const [days, setDays] = useState<number>(90);
  if (grant === null) return null;
  return (
    <form
      class="desk-form"
      onSubmit={(e) => {
        e.preventDefault();
        void can.makeKey({ name: name.trim(), ...grant, expires_in_days: days });
      }}
    >
      <h3>{t('deskNewKey')}</h3>
      <TextField
        label={t('deskKeyFor')}
        hint={t('deskKeyForHint')}
        autocomplete="off"
        maxLength={200}
        value={name}
        give={setName}
      />
      {fields}
      <Field label={t('deskKeyDays')}>
        <select value={days} onChange={(e) => setDays(Number(e.currentTarget.value))}>
          {DAYS.map((one) => (
            <option key={one} value={one}>
              {t('deskDays', { n: one })}
            </option>
          ))}
        </select>
      </Field>
      <Wrong deeds={['key']} />
      <button type="submit" class="button is-main" disabled={isBusy}>
        {t('deskMakeKey')}
      </button>
    </form>
  );
}

/** In place of the form, so that nobody overlooks what is shown once. */
function Made({ made: { name, key }, keys }: { made: MadeKey; keys: readonly Key[] | null }) {
  const t = useWords();
  const { tell } = useAtDesk();
  const { deeds } = usePlanner();
  return (
    <div class="desk-link" role="status">
      <p>{t('deskKeyOnce', { name })}</p>
      <input
        type="text"
        readOnly
        aria-label={t('deskKeyOf', { name })}
        value={key}
        onFocus={(e) => e.currentTarget.select()}
      />
      <button type="button" class="button" onClick={() => deeds.copy(key)}>
        {t('deskCopyKey')}
      </button>
      <small>{t('deskKeyUse')}</small>
      <button
        type="button"
        class="link"
        onClick={() => tell({ is: 'dialogOpened', dialog: { what: 'keys', keys, made: null } })}
      >
        {t('deskAnotherKey')}
      </button>
    </div>
  );
}
