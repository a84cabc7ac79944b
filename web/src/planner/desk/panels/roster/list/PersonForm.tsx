// Who a volunteer is: added, or said anew.
import { useEffect, useRef, useState } from 'preact/hooks';
import {
  SKILLS,
  VOLUNTEER_KINDS,
  type Volunteer,
  type VolunteerEdit,
  type VolunteerKind,
  WEEKDAYS,
} from '../../../../../shared/roster.ts';
import { useWords } from '../../../../panels/planner.ts';
import { Field } from '../../parts.tsx';
import { useRoster, useRosterPart } from '../context.ts';
import { RosterWrong } from '../parts.tsx';
import { weekdayNumber } from './texts.ts';

const NEW = { name: '', kind: 'village_cadre', skills: [], weekdays: [...WEEKDAYS], phone: null } as const;

export function PersonForm({ seen, close }: { seen: Volunteer | null; close(): void }) {
  const t = useWords();
  const can = useRoster();
  const isBusy = useRosterPart((s) => s.doing !== null);
  const [who, setWho] = useState<VolunteerEdit['who']>(seen?.who ?? NEW);
  const [account, setAccount] = useState(seen?.account ?? '');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const say = (said: Partial<VolunteerEdit['who']>) => setWho({ ...who, ...said });
  const turned = <T,>(all: readonly T[], one: T, isIn: boolean, order: readonly T[]) =>
    order.filter((other) => (other === one ? isIn : all.includes(other)));
  const save = () => {
    const [phone, name] = [who.phone?.trim() ?? '', who.name.trim()];
    const edit: VolunteerEdit = {
      who: { ...who, name, phone: phone === '' ? null : phone },
      account: account.trim() === '' ? null : account.trim(),
      state: 'active',
    };
    const done = seen === null ? can.addPerson(edit) : can.editPerson(seen, edit);
    void done.then((isDone) => isDone && close());
  };
  return (
    <form
      class="roster-form"
      aria-label={seen === null ? t('deskPersonAddPerson') : t('deskPersonEditOne', { name: seen.who.name })}
      onSubmit={(e) => {
        e.preventDefault();
        save();
      }}
    >
      <Field label={t('deskPersonName')}>
        <input
          ref={first}
          type="text"
          required
          maxLength={200}
          autocomplete="off"
          value={who.name}
          onInput={(e) => say({ name: e.currentTarget.value })}
        />
      </Field>
      <Field label={t('deskPersonKind')}>
        <select value={who.kind} onChange={(e) => say({ kind: e.currentTarget.value as VolunteerKind })}>
          {VOLUNTEER_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`deskPersonKind_${one}`)}
            </option>
          ))}
        </select>
      </Field>
      <fieldset class="roster-checks">
        <legend>{t('deskPersonCan')}</legend>
        {SKILLS.map((one) => (
          <label key={one} class="check">
            <input
              type="checkbox"
              checked={who.skills.includes(one)}
              onChange={(e) => say({ skills: turned(who.skills, one, e.currentTarget.checked, SKILLS) })}
            />
            <span>{t(`deskRosterSkill_${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="roster-checks is-days">
        <legend>{t('deskPersonWeekdays')}</legend>
        {WEEKDAYS.map((one) => (
          <label key={one} class="check">
            <input
              type="checkbox"
              checked={who.weekdays.includes(one)}
              onChange={(e) =>
                say({ weekdays: turned<number>(who.weekdays, one, e.currentTarget.checked, WEEKDAYS) })
              }
            />
            <span>{weekdayNumber(t, one)}</span>
          </label>
        ))}
      </fieldset>
      <Field label={t('deskPersonPhone')}>
        <input
          type="text"
          inputMode="tel"
          maxLength={200}
          autocomplete="off"
          value={who.phone ?? ''}
          onInput={(e) => say({ phone: e.currentTarget.value })}
        />
      </Field>
      <Field label={t('deskPersonAccount')} hint={t('deskPersonAccountHint')}>
        <input
          type="text"
          maxLength={80}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={account}
          onInput={(e) => setAccount(e.currentTarget.value)}
        />
      </Field>
      <RosterWrong what={['person']} about={seen === null ? null : String(seen.id)} />
      <span class="desk-do">
        <button type="submit" class="button is-main" disabled={isBusy}>
          {t('deskRosterSave')}
        </button>
        <button type="button" class="button" onClick={close}>
          {t('deskCancel')}
        </button>
      </span>
    </form>
  );
}
