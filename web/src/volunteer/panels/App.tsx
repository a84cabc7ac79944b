// The page's frame: how the line is, the part that is open, what can always be done, and the bar at the thumb.
import { isTracked, ownRun } from '../next.ts';
import { isUnsent, isWaiting } from '../outbox/entry.ts';
import type { Tab } from '../state.ts';
import { usePage, usePart, useWords } from './context.ts';
import { Dialogs } from './Dialogs.tsx';
import { Later } from './Later.tsx';
import { MapTab } from './MapTab.tsx';
import { Outbox } from './Outbox.tsx';
import { HoldButton, Icon } from './parts.tsx';
import { Report } from './Report.tsx';
import { SignIn } from './SignIn.tsx';
import { Task } from './Task.tsx';

const TABS: readonly Tab[] = ['task', 'map', 'report', 'me'];

export function App() {
  const t = useWords();
  const tab = usePart((s) => s.tab);
  const isOutbox = usePart((s) => s.is_outbox_open);
  const isKnown = usePart((s) => s.who !== null && s.invitation === null);
  const isAsking = usePart((s) => s.who === null && s.session === 'asking' && s.invitation === null);
  return (
    <>
      <Strip />
      <main class={!isOutbox && isKnown && tab === 'map' ? 'is-map' : ''}>
        {isOutbox && <Outbox />}
        {!isOutbox && !isKnown && (isAsking ? <p class="waits">{t('volOpening')}</p> : <SignIn />)}
        {!isOutbox && isKnown && tab === 'task' && <Task />}
        {!isOutbox && isKnown && tab === 'report' && <Report />}
        {!isOutbox && isKnown && tab === 'me' && <Later show={({ Me }) => <Me />} />}
        {isKnown && <MapTab isShown={!isOutbox && tab === 'map'} />}
      </main>
      <footer>
        <Undo />
        {isKnown && <InWater />}
        {isKnown && <Bar />}
      </footer>
      <Dialogs />
      <Said />
    </>
  );
}

function Strip() {
  const t = useWords();
  const { dispatch } = usePage();
  const isOnline = usePart((s) => s.is_online);
  const waiting = usePart((s) => s.entries.filter(isWaiting).length);
  const stuck = usePart((s) => s.entries.filter(isUnsent).length - s.entries.filter(isWaiting).length);
  const isOpen = usePart((s) => s.is_outbox_open);
  const tracked = usePart(isTracked);
  return (
    <header class={`strip${isOnline ? '' : ' is-offline'}`}>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => dispatch({ is: 'outboxOpened', open: !isOpen })}
      >
        <span class="line-sign" aria-hidden="true" />
        <span role="status" class="line-text">
          {t(isOnline ? 'volOnline' : 'volOffline')}
          {waiting > 0 && ` · ${t('volWaiting', { n: waiting })}`}
          {stuck > 0 && ` · ${t('volStuck', { n: stuck })}`}
        </span>
        <span class="strip-more">{t('volOutbox')}</span>
      </button>
      {tracked && <p class="tracking">{t('volTracking')}</p>}
    </header>
  );
}

function Bar() {
  const t = useWords();
  const { dispatch } = usePage();
  const tab = usePart((s) => s.tab);
  const isOutbox = usePart((s) => s.is_outbox_open);
  return (
    <nav class="bar" aria-label={t('volParts')}>
      {TABS.map((one) => (
        <button
          type="button"
          key={one}
          aria-current={one === tab && !isOutbox ? 'page' : undefined}
          onClick={() => {
            dispatch({ is: 'tabPicked', tab: one });
            scrollTo(0, 0);
          }}
        >
          <Icon name={one} />
          {t(`volTab_${one}`)}
        </button>
      ))}
    </nav>
  );
}

/** In every part of the page while a patrol is under way; before it, on the first one. */
function InWater() {
  const t = useWords();
  const { deeds } = usePage();
  const isShown = usePart((s) => s.pack !== null && (ownRun(s).state === 'active' || s.tab === 'task'));
  if (!isShown) return null;
  return (
    <HoldButton class="in-water" hint={t('volInWaterHint')} onHeld={deeds.inWater}>
      <b>{t('volInWater')}</b>
      <small>{t('volInWaterHint')}</small>
    </HoldButton>
  );
}

function Undo() {
  const t = useWords();
  const { deeds } = usePage();
  const undo = usePart((s) => s.undo);
  const kind = usePart((s) => s.entries.find(({ uuid }) => uuid === s.undo?.uuid)?.body.kind ?? null);
  if (undo === null || kind === null) return null;
  return (
    <div class="undo" role="status" key={undo.uuid}>
      <p>
        ✓ {t(`volEntry_${kind}`)} <small>{t('volSavedOnPhone')}</small>
      </p>
      <button type="button" class="button" onClick={deeds.undo}>
        {t('volUndo')}
      </button>
    </div>
  );
}

function Said() {
  const said = usePart((s) => s.said);
  return (
    <div class="said" role="status">
      {said.text !== '' && <p key={said.number}>{said.text}</p>}
    </div>
  );
}
