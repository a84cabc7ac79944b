// The what-if poles: put, move, type, delete; what each stands on.
import { KINDS, type Kind, type Placed } from '../../shared/contract.ts';
import { placeFromText, placeText } from '../../shared/places.ts';
import type { Words } from '../../shared/words.ts';
import { nameOfPiece, placedOf } from '../answers.ts';
import { freeLetter, LETTERS, type WhatIf } from '../scenario.ts';
import { regionOf } from '../state.ts';
import { PlaceField } from './PlaceField.tsx';
import { Icon, IconButton, KeySign, kindWord } from './parts.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';

export function WhatIfList() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const whatIfs = usePart((s) => s.scenario.whatIfs);
  const hasMap = usePart((s) => s.map === 'there');
  const area = usePart((s) => regionOf(s)?.bounds ?? null);
  const isFull = freeLetter(whatIfs) === null;
  return (
    <div class="what-ifs">
      {whatIfs.length === 0 && <p class="empty">{t('whatIfEmpty')}</p>}
      {hasMap && !isFull && <PutButton />}
      {isFull && <p class="hint">{t('whatIfFull', { n: LETTERS.length })}</p>}
      <ul class="pins">
        {whatIfs.map((whatIf) => (
          <Item key={whatIf.letter} whatIf={whatIf} hasMap={hasMap} />
        ))}
      </ul>
      {!isFull && (
        <PlaceField
          label={t('whatIfAdd')}
          action={t('whatIfAddDo')}
          start=""
          read={(text) => placeFromText(text, area)}
          give={(at) => dispatch({ is: 'putHere', at })}
        />
      )}
      {whatIfs.length > 1 && (
        <button type="button" class="button" onClick={() => dispatch({ is: 'cleared' })}>
          {t('whatIfDeleteAll')}
        </button>
      )}
      {hasMap && whatIfs.length > 0 && <p class="hint">{t('whatIfKeys')}</p>}
      <p class="hint">{t('whatIfLives')}</p>
    </div>
  );
}

export function PutButton() {
  const t = useWords();
  const { dispatch, deeds } = usePlanner();
  const isPutting = usePart((s) => s.mode.what === 'put');
  return (
    <button
      type="button"
      class="button is-main is-full"
      aria-pressed={isPutting}
      onClick={() => {
        dispatch({ is: 'modeSet', mode: isPutting ? { what: 'look' } : { what: 'put' } });
        if (!isPutting) deeds.focusMap();
      }}
    >
      <Icon name="pin" /> {t('whatIfPut')} <KeySign name="N" />
    </button>
  );
}

function Item({ whatIf, hasMap }: { whatIf: WhatIf; hasMap: boolean }) {
  const t = useWords();
  const { dispatch, deeds } = usePlanner();
  const { letter, kind, at, moves } = whatIf;
  const name = usePart((s) => (moves ? nameOfPiece(s, moves) : null));
  const isChosen = usePart((s) => s.selection?.what === 'whatIf' && s.selection.letter === letter);
  const placed = usePart((s) => placedOf(s, letter));
  const counts = usePart((s) => s.kinds.includes(kind));
  const area = usePart((s) => regionOf(s)?.bounds ?? null);
  const offered = KINDS.slice(0, 3).includes(kind) ? KINDS.slice(0, 3) : [...KINDS.slice(0, 3), kind];
  return (
    <li class={isChosen ? 'is-chosen' : ''}>
      <div class="pin-line">
        <button
          type="button"
          class="letter"
          aria-label={`${t('whatIfLong', { letter })}: ${t('zoomHere')}`}
          onClick={() => dispatch({ is: 'selected', selection: { what: 'whatIf', letter }, flies: true })}
        >
          {letter}
        </button>
        {name === null ? (
          <select
            aria-label={t('whatIfKind', { letter })}
            value={kind}
            onChange={(e) => dispatch({ is: 'kindGiven', letter, kind: e.currentTarget.value as Kind })}
          >
            {offered.map((one) => (
              <option key={one} value={one}>
                {t(kindWord(one))}
              </option>
            ))}
          </select>
        ) : (
          <span class="pin-moves">{t('whatIfMoves', { name })}</span>
        )}
        {hasMap && (
          <button
            type="button"
            class="button is-small"
            onClick={() => {
              dispatch({ is: 'modeSet', mode: { what: 'move', letter } });
              deeds.focusMap();
            }}
          >
            {t('whatIfMove')}
          </button>
        )}
        <IconButton
          label={`${t('whatIfDelete')} ${letter}`}
          icon="trash"
          onClick={() => dispatch({ is: 'removed', letter })}
        />
      </div>
      <PlaceField
        key={placeText(at)}
        label={t('whatIfPlace', { letter })}
        isLabelHidden
        start={placeText(at)}
        read={(text) => placeFromText(text, area)}
        give={(to) => dispatch({ is: 'movedTo', letter, at: to })}
      />
      <p class={placed?.stands === false ? 'stand is-bad' : 'stand'}>
        {counts ? standText(t, placed) : t('whatIfNotCounted')}
      </p>
    </li>
  );
}

function standText(t: Words, placed: Placed | null): string {
  if (placed === null) return t('computing');
  if (!placed.stands) return t(placed.on === 'outside' ? 'stand_outside' : 'stand_not');
  if (placed.moved_m >= 0.5) return t('stand_moved', { m: t.meters(Math.max(1, placed.moved_m)) });
  return t(placed.on === 'bank' || placed.on === 'water' ? 'stand_bank' : 'stand_land');
}
