// Oneself: who is signed in, the track, language and light, this phone.
import { nameIn } from '../../../shared/words.ts';
import type { Theme } from '../../state.ts';
import { usePage, usePart, useWords } from '../context.ts';
import { LanguagePick } from '../parts.tsx';
import { Ready } from '../Ready.tsx';

const THEMES: readonly Theme[] = ['auto', 'dark', 'light'];

export function Me() {
  const t = useWords();
  const { deeds, dispatch } = usePage();
  const who = usePart((s) => s.who);
  const pack = usePart((s) => s.pack?.value ?? null);
  const regions = usePart((s) => s.regions);
  const region = usePart((s) => s.region);
  const canInstall = usePart((s) => s.phone.can_install);
  const consent = pack?.volunteer?.consent ?? null;
  return (
    <section class="me">
      <h1>{pack?.volunteer?.name ?? who}</h1>
      <p class="hint">
        {[
          pack === null ? null : nameIn(t.language, pack.region_name),
          pack?.volunteer?.name !== who && pack?.volunteer != null
            ? t('volAccount', { name: who ?? '' })
            : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {regions.length > 1 && (
        <label class="field">
          <span>{t('volRegion')}</span>
          <select value={region ?? ''} onChange={(e) => deeds.pickRegion(e.currentTarget.value)}>
            {regions.map(({ id, name }) => (
              <option key={id} value={id}>
                {nameIn(t.language, name)}
              </option>
            ))}
          </select>
        </label>
      )}
      <Ready />
      {pack?.volunteer != null && (
        <fieldset class="card">
          <legend>{t('volTrackHeading')}</legend>
          <p class="hint">{t('volTrackText', { n: pack.track_days })}</p>
          <div class="choice">
            <button type="button" aria-pressed={consent === true} onClick={() => deeds.consent(true)}>
              {t('volTrackYes')}
            </button>
            <button type="button" aria-pressed={consent === false} onClick={() => deeds.consent(false)}>
              {t('volTrackNo')}
            </button>
          </div>
        </fieldset>
      )}
      <fieldset class="card">
        <legend>{t('volTheme')}</legend>
        <div class="choice is-three">
          {THEMES.map((one) => (
            <ThemeButton key={one} theme={one} />
          ))}
        </div>
      </fieldset>
      <LanguagePick />
      {canInstall && (
        <button type="button" class="button is-full" onClick={deeds.install}>
          {t('volInstall')}
        </button>
      )}
      <button
        type="button"
        class="button is-full is-no"
        onClick={() => dispatch({ is: 'dialogOpened', dialog: { is: 'signOut' } })}
      >
        {t('volSignOut')}
      </button>
    </section>
  );
}

function ThemeButton({ theme }: { theme: Theme }) {
  const t = useWords();
  const { dispatch } = usePage();
  const isOn = usePart((s) => s.theme === theme);
  return (
    <button type="button" aria-pressed={isOn} onClick={() => dispatch({ is: 'themePicked', theme })}>
      {t(`volTheme_${theme}`)}
    </button>
  );
}
