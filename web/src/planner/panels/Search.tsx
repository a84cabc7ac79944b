// Searches what the page has loaded; arrows and Enter choose.
import { useSignal } from '@preact/signals';
import { useMemo, useState } from 'preact/hooks';
import { placeText } from '../../shared/places.ts';
import { type Hit, hits } from '../../shared/search.ts';
import { regionOf } from '../state.ts';
import { Icon } from './parts.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';

export function Search() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  // A signal, not a state: keys may come faster than the list is drawn.
  const active = useSignal(0);
  const villages = usePart((s) => s.coverage.value?.rows);
  const waters = usePart((s) => s.waters.value);
  const equipment = usePart((s) => s.equipment.value);
  const area = usePart((s) => regionOf(s)?.bounds ?? null);
  const found = useMemo(
    () => hits(text, { villages: villages ?? [], waters: waters ?? [], equipment: equipment ?? [], area }),
    [text, villages, waters, equipment, area],
  );
  const choose = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    setOpen(false);
    setText(hitText(hit));
    if (hit.what === 'village') dispatch({ is: 'villagePicked', village: hit.id });
    else if (hit.what === 'water') dispatch({ is: 'waterPicked', bounds: hit.bounds });
    else if (hit.what === 'piece')
      dispatch({ is: 'selected', selection: { what: 'piece', id: hit.id }, flies: true });
    else dispatch({ is: 'selected', selection: { what: 'place', at: hit.at }, flies: true });
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      setOpen(true);
      active.value = (active.value + by + found.length) % Math.max(1, found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(found[active.value]);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (isOpen) setOpen(false);
      else setText('');
    }
  };
  const isShown = isOpen && text.trim() !== '';
  return (
    <search class="search">
      <Icon name="search" />
      <input
        id="search"
        type="text"
        role="combobox"
        aria-label={t('search')}
        aria-expanded={isShown && found.length > 0}
        aria-controls="hits"
        aria-autocomplete="list"
        aria-activedescendant={isShown && found.length > 0 ? `hit-${active.value}` : undefined}
        placeholder={t('search')}
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(e) => {
          setText(e.currentTarget.value);
          setOpen(true);
          active.value = 0;
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      <div
        id="hits"
        class="hits"
        role="listbox"
        aria-label={t('search')}
        hidden={!isShown || found.length === 0}
      >
        {found.map((hit, index) => (
          <div
            key={`${hit.what} ${hit.what === 'place' ? 'here' : hit.id}`}
            id={`hit-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active.value}
            class={index === active.value ? 'hit is-active' : 'hit'}
            onPointerDown={(e) => {
              e.preventDefault();
              choose(hit);
            }}
          >
            <b>{hitText(hit)}</b> <small>{t(`hit_${hit.what}`)}</small>
          </div>
        ))}
      </div>
      <p class={isShown && found.length === 0 ? 'hits is-empty' : 'visually-hidden'} role="status">
        {isShown && (found.length === 0 ? t('searchNone', { q: text }) : t('hitsCount', { n: found.length }))}
      </p>
    </search>
  );
}

function hitText(hit: Hit): string {
  return hit.what === 'place' ? placeText(hit.at) : hit.name;
}
