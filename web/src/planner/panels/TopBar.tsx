// The bar at the top: name, region, undo and redo, print, export, help, language.
import type { Key, Language, Words } from '../../shared/words.ts';
import { LOCALE, nameIn } from '../../shared/words.ts';
import type { Step } from '../scenario.ts';
import { Menu } from './Menu.tsx';
import { Icon, IconButton } from './parts.tsx';
import { type ExportKind, useDesk, usePart, usePlanner, useWords } from './planner.ts';

export function TopBar() {
  const t = useWords();
  const { dispatch, deeds } = usePlanner();
  const { past, future } = usePart((s) => s.scenario);
  const desk = useDesk();
  const hasSignIn = usePart((s) => s.has_accounts);
  const [last, next] = [past.at(-1), future.at(-1)];
  const undoing = desk?.undoing.value ?? (last === undefined ? null : stepText(t, last));
  const redoing = desk?.redoing.value ?? (next === undefined ? null : stepText(t, next));
  return (
    <header class="top">
      <button type="button" class="skip" onClick={toLists}>
        {t('skipMap')}
      </button>
      <h1 class="brand">
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
          <path class="pole" d="M9 26 22 5" />
          <path class="wave" d="M3 22c3-2.4 5-2.4 8 0s5 2.4 8 0 5-2.4 10 0" />
        </svg>
        <span class="brand-name">{t('brand')}</span>
        <span class="brand-task">{t('title')}</span>
      </h1>
      <RegionSwitch />
      <div class="top-tools">
        <IconButton
          label={undoing === null ? t('undo') : t('undoWhat', { what: undoing })}
          icon="undo"
          disabled={undoing === null}
          onClick={deeds.undo}
        />
        <IconButton
          label={redoing === null ? t('redo') : t('redoWhat', { what: redoing })}
          icon="redo"
          disabled={redoing === null}
          onClick={deeds.redo}
        />
        <IconButton label={t('print')} icon="print" class="is-wide-only" onClick={deeds.openPrint} />
        <ExportMenu />
        <IconButton
          label={t('help')}
          icon="help"
          onClick={() => dispatch({ is: 'dialogOpened', dialog: 'help' })}
        />
        {desk !== null && <desk.Account />}
        {desk === null && hasSignIn && (
          <button type="button" class="sign-in" onClick={deeds.signIn}>
            <Icon name="user" />
            <span class="is-wide-only">{t('signIn')}</span>
            <span class="visually-hidden is-narrow-only">{t('signIn')}</span>
          </button>
        )}
        <LanguageSwitch />
      </div>
    </header>
  );
}

function toLists() {
  document.getElementById('lists')?.focus();
}

const STEP_WORD = {
  put: 'didPut',
  move: 'didMove',
  nudge: 'didMove',
  remove: 'didRemove',
  clear: 'didClear',
  kind: 'didKind',
} as const satisfies Record<Step['verb'], Key>;

export function stepText(t: Words, step: Step): string {
  return t(STEP_WORD[step.verb], { letter: step.letter });
}

function RegionSwitch() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const regions = usePart((s) => s.regions.value);
  const region = usePart((s) => s.region);
  if (regions === null || regions.length === 0) return null;
  const text = (one: (typeof regions)[number]) => {
    const name = nameIn(t.language, one.name);
    if (one.state === 'failed') return t('regionStateFailed', { name });
    return one.state === 'loading' ? t('regionStateLoading', { name }) : name;
  };
  return (
    <label class="region">
      <span class="visually-hidden">{t('region')}</span>
      <select
        value={region ?? ''}
        onChange={(e) => dispatch({ is: 'regionPicked', region: e.currentTarget.value })}
      >
        {regions.map((one) => (
          <option key={one.id} value={one.id}>
            {text(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

const LANGUAGES: readonly [Language, tag: string, name: string, short: string][] = [
  ['zh', 'zh-CN', '中文', '中'],
  ['en', 'en', 'English', 'EN'],
];

function LanguageSwitch() {
  const t = useWords();
  const { deeds } = usePlanner();
  return (
    <fieldset class="languages">
      <legend class="visually-hidden">{t('language')}</legend>
      {LANGUAGES.map(([language, tag, name, short]) => (
        <button
          key={language}
          type="button"
          lang={tag}
          aria-pressed={t.language === language}
          onClick={() => deeds.speak(language)}
        >
          <span class="is-wide-only">{name}</span>
          <span class="is-narrow-only">{short}</span>
        </button>
      ))}
    </fieldset>
  );
}

const EXPORTS: readonly [ExportKind, Key][] = [
  ['villages', 'exportVillages'],
  ['gaps', 'exportGaps'],
  ['geojson', 'exportGeojson'],
  ['png', 'exportPng'],
];

/** The register as the service writes it, for other programs. */
const REGISTER_FILES = ['xlsx', 'csv', 'gpkg', 'kml', 'gpx', 'geojson'];

function ExportMenu() {
  const t = useWords();
  const region = usePart((s) => s.region);
  // Of the village that is looked at; of all the region without one.
  const ofVillage = usePart((s) => (s.village ? `&village=${encodeURIComponent(s.village)}` : ''));
  const { deeds } = usePlanner();
  const hasMap = usePart((s) => s.map === 'there');
  return (
    <Menu label={t('export')} icon="export">
      {(close) => (
        <ul>
          {EXPORTS.filter(([what]) => what !== 'png' || hasMap).map(([what, word]) => (
            <li key={what}>
              <button
                type="button"
                onClick={() => {
                  deeds.exportFile(what);
                  close();
                }}
              >
                {t(word)}
              </button>
            </li>
          ))}
          <li class="menu-files">
            <span>{t('exportEquipment')}</span>
            {REGISTER_FILES.map((format) => (
              <a
                key={format}
                href={`/api/v1/regions/${region}/export?format=${format}`}
                download
                onClick={close}
              >
                {format}
              </a>
            ))}
          </li>
          <li class="menu-files">
            <span>{t('exportLabels')}</span>
            <a
              href={`/api/v1/regions/${region}/labels?lang=${LOCALE[t.language]}${ofVillage}`}
              download
              onClick={close}
            >
              PDF
            </a>
          </li>
          <li class="is-narrow-only">
            <button type="button" onClick={deeds.openPrint}>
              {t('print')}
            </button>
          </li>
        </ul>
      )}
    </Menu>
  );
}
