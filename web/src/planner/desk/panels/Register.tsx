// The register's tab: putting up a piece, the crossings, the history.
import { useState } from 'preact/hooks';
import type { Kind } from '../../../shared/contract.ts';
import { KINDS } from '../../../shared/contract.ts';
import { placeFromText } from '../../../shared/places.ts';
import type { Key } from '../../../shared/words.ts';
import { crossingText } from '../../panels/crossingText.ts';
import { PlaceField } from '../../panels/PlaceField.tsx';
import { Icon, kindWord, Skeleton } from '../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../panels/planner.ts';
import { regionOf } from '../../state.ts';
import type { View } from '../state.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { HistoryList } from './HistoryList.tsx';
import { Field, Wrong } from './parts.tsx';

const VIEWS: readonly [View, Key][] = [
  ['pieces', 'deskViewPieces'],
  ['crossings', 'deskViewCrossings'],
  ['history', 'deskViewHistory'],
];

export function Register() {
  const t = useWords();
  const { can } = useAtDesk();
  const view = useDeskPart((s) => s.view);
  return (
    <div class="register">
      <fieldset class="segments">
        <legend class="visually-hidden">{t('tabDesk')}</legend>
        {VIEWS.map(([one, word]) => (
          <button key={one} type="button" aria-pressed={view === one} onClick={() => can.pick(one)}>
            {t(word)}
          </button>
        ))}
      </fieldset>
      {view === 'pieces' && <PutUp />}
      {view === 'crossings' && <CrossingList />}
      {view === 'history' && <HistoryList />}
    </div>
  );
}

function PutUp() {
  const t = useWords();
  const { dispatch, deeds } = usePlanner();
  const { tell } = useAtDesk();
  const hasMap = usePart((s) => s.map === 'there');
  const isMarking = usePart((s) => s.mode.what === 'mark');
  const area = usePart((s) => regionOf(s)?.bounds ?? null);
  const [kind, setKind] = useState<Kind>('pole');
  return (
    <section class="put-up" aria-label={t('deskNewPiece')}>
      <h2>{t('deskNewPiece')}</h2>
      <Field label={t('deskKind')}>
        <select value={kind} onChange={(e) => setKind(e.currentTarget.value as Kind)}>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(kindWord(one))}
            </option>
          ))}
        </select>
      </Field>
      {hasMap && (
        <button
          type="button"
          class="button is-main is-full"
          aria-pressed={isMarking}
          onClick={() => {
            tell({ is: 'newDraftOpened', kind });
            dispatch({ is: 'modeSet', mode: { what: 'mark' } });
            deeds.focusMap();
          }}
        >
          <Icon name="pin" /> {t('deskPlaceOnMap')}
        </button>
      )}
      <PlaceField
        label={t(hasMap ? 'whatIfAdd' : 'deskPlace')}
        action={t('deskNext')}
        start=""
        read={(text) => placeFromText(text, area)}
        give={(at) => {
          tell({ is: 'newDraftOpened', kind });
          dispatch({ is: 'marked', at });
        }}
      />
      <h2>{t('deskOthers')}</h2>
      <p class="hint">{t('deskHowToEdit')}</p>
    </section>
  );
}

const MOST_SHOWN = 60;

function CrossingList() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const region = usePart((s) => s.region);
  const crossings = useDeskPart((s) => (s.crossings?.region === region ? s.crossings.all : null));
  const [text, setText] = useState('');
  if (crossings === null) {
    return (
      <>
        <Wrong deeds={['crossings']} />
        <Skeleton rows={6} doing="page" />
      </>
    );
  }
  const sought = text.trim().toLowerCase();
  const named = crossings.map(({ properties: p }) => ({ p, name: crossingText(t, p.id) }));
  const found = named
    .filter(({ p, name }) => `${name} ${p.name ?? ''} ${p.id}`.toLowerCase().includes(sought))
    // What is closed comes first: it is what one looks for.
    .sort((a, b) => Number(a.p.state === 'open') - Number(b.p.state === 'open'));
  return (
    <>
      <Field label={t('deskFindCrossing')}>
        <input type="search" value={text} onInput={(e) => setText(e.currentTarget.value)} />
      </Field>
      <p class="hint" role="status">
        {t('deskCrossingsFound', {
          n: found.length,
          closed: found.filter(({ p }) => p.state === 'closed').length,
        })}
      </p>
      <ul class="desk-rows">
        {found.slice(0, MOST_SHOWN).map(({ p, name }) => (
          <li key={p.id}>
            <button
              type="button"
              class="link"
              onClick={() => dispatch({ is: 'selected', selection: { what: 'crossing', id: p.id } })}
            >
              {p.name ? `${name} · ${p.name}` : name}
            </button>
            <span class={p.state === 'closed' ? 'is-bad' : ''}>
              {t(p.state === 'open' ? 'crossing_open' : 'crossing_closed')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
