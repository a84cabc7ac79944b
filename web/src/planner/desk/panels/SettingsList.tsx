// The numbers of the region that a planner turns: how far is too far, how fast people run, how often one looks.
import { useState } from 'preact/hooks';
import type { Setting } from '../../../shared/contract.ts';
import { useWords } from '../../panels/planner.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { settingText } from './entryText.ts';
import { Coming, useList } from './lists.tsx';
import { Field, Wrong } from './parts.tsx';

export function SettingsList() {
  const t = useWords();
  const settings = useList('settings');
  if (settings === null) return <Coming />;
  return (
    <>
      <p class="hint">{t('deskSettingsMean')}</p>
      {settings.map((one) => (
        <SettingForm key={`${one.name} ${one.value}`} setting={one} />
      ))}
      <Wrong deeds={['turn']} />
    </>
  );
}

function SettingForm({ setting }: { setting: Setting }) {
  const t = useWords();
  const { can } = useAtDesk();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const { name, value, of_files, is_set, least, most } = setting;
  const [text, setText] = useState(String(value));
  const said = settingText(t, name);
  const to = Number(text);
  const isSame = text.trim() === '' || to === value;
  return (
    <form
      class="desk-setting"
      onSubmit={(e) => {
        e.preventDefault();
        if (!isSame) void can.turn({ [name]: to }, said);
      }}
    >
      <Field label={said} hint={t('deskOfFiles', { value: of_files })}>
        <input
          type="number"
          required
          min={least}
          max={most}
          step={name === 'run_m_s' ? 0.1 : 1}
          value={text}
          onInput={(e) => setText(e.currentTarget.value)}
        />
      </Field>
      <div class="desk-tools">
        <button type="submit" class="button is-small" disabled={isSame || isBusy}>
          {t('deskSave')}
        </button>
        {is_set && (
          <button
            type="button"
            class="button is-small"
            disabled={isBusy}
            onClick={() => void can.turn({ [name]: null }, said)}
          >
            {t('deskAsFiles')}
          </button>
        )}
      </div>
    </form>
  );
}
