// What is chosen, in plain words: a stretch that is too far and why, a place and its nearest equipment, a piece.
import '../style/cards.css';
import type { Equipment, NearestResult } from '../../shared/contract.ts';
import { middleOf, placeText } from '../../shared/places.ts';
import { chosenGap, chosenPiece, nameOfPiece, nameOfVillage, nameOfWater } from '../answers.ts';
import { regionOf, type State } from '../state.ts';
import { crossingText } from './crossingText.ts';
import { CardHeading, conditionWord, FaultNote, kindWord, Sign, Skeleton } from './parts.tsx';
import { useDesk, usePart, usePlanner, useWords } from './planner.ts';
import { ReportButton } from './ReportButton.tsx';
import { WrongData } from './WrongData.tsx';
import { whyText } from './why.ts';

export { WhatIfList } from './WhatIfList.tsx';

/** The card of what is chosen. */
export function Card() {
  const what = usePart((s) => s.selection?.what ?? null);
  if (what === 'gap') return <GapCard />;
  if (what === 'piece') return <PieceCard />;
  if (what === 'crossing') return <CrossingCard />;
  return <PlaceCard />;
}

function useBack() {
  const { dispatch } = usePlanner();
  return () => dispatch({ is: 'selected', selection: null });
}

function GapCard() {
  const t = useWords();
  const back = useBack();
  const row = usePart(chosenGap);
  const gaps = usePart((s) => s.gaps);
  const limit_m = usePart((s) => s.limit_m);
  const waterId = row?.gap.properties.water_body ?? null;
  const water = usePart((s) => nameOfWater(s, waterId)) ?? t('gapNoWater');
  const village = usePart((s) => nameOfVillage(s, row?.gap.properties.village ?? null));
  const near = row?.gap.properties.nearest ?? null;
  const piece = usePart((s) => (near === null ? null : nameOfPiece(s, near)));
  if (row === null) {
    return (
      <article class="card">
        <CardHeading onBack={back}>{t('tabGaps')}</CardHeading>
        {gaps.is_waiting || gaps.value === null ? (
          <Skeleton rows={3} doing="reach" asked={gaps} />
        ) : (
          <p class="empty">{t('gapGone')}</p>
        )}
      </article>
    );
  }
  const p = row.gap.properties;
  const at = middleOf(row.gap.geometry.coordinates);
  return (
    <article class="card">
      <CardHeading onBack={back}>{t('gapHeading', { length: t.meters(p.length_m) })}</CardHeading>
      <p class="card-place">{village === null ? water : `${water} · ${village}`}</p>
      {row.left_m < p.length_m - 0.5 && (
        <p class="badge is-inline">
          {row.left_m < 0.5 ? t('gapClosed') : t('gapLeft', { m: t.meters(row.left_m) })}
        </p>
      )}
      <div class={`why is-${p.reason}`}>
        <h3>{t('whyHeading')}</h3>
        <p>{whyText(t, p, piece, limit_m)}</p>
        {p.worst_reach_m !== null && <p>{t('whyWorst', { m: t.meters(p.worst_reach_m) })}</p>}
      </div>
      <PlaceActions at={at} />
      <h3>{t('example')}</h3>
      <NearestList />
    </article>
  );
}

function PlaceCard() {
  const t = useWords();
  const back = useBack();
  const at = usePart((s) => (s.selection?.what === 'place' ? s.selection.at : null));
  if (at === null) return null;
  return (
    <article class="card">
      <CardHeading onBack={back}>{t('placeHeading')}</CardHeading>
      <p class="card-place">{placeText(at)}</p>
      <PlaceActions at={at} />
      <h3>{t('nearestHeading')}</h3>
      <NearestList />
    </article>
  );
}

/** What can be done at a place: try a pole there, or take the place along. */
function PlaceActions({ at }: { at: [number, number] }) {
  const t = useWords();
  const desk = useDesk();
  const { dispatch } = usePlanner();
  return (
    <div class="card-actions">
      <button type="button" class="button is-main" onClick={() => dispatch({ is: 'putHere', at })}>
        {t('putHere')}
      </button>
      {desk !== null && <desk.PlaceTools at={at} />}
      <CopyButtons at={at} />
      <ReportButton about={{ at }} />
      <WrongData at={at} />
    </div>
  );
}

function CopyButtons({ at }: { at: [number, number] }) {
  const t = useWords();
  const { deeds } = usePlanner();
  return (
    <>
      <button type="button" class="button" onClick={() => deeds.copy(location.href)}>
        {t('copyLink')}
      </button>
      <button type="button" class="button" onClick={() => deeds.copy(placeText(at))}>
        {t('copyPlace')}
      </button>
    </>
  );
}

function NearestList() {
  const t = useWords();
  const nearest = usePart((s) => s.nearest);
  const hasTried = usePart((s) => s.scenario.whatIfs.length > 0);
  if (nearest.fault?.what === 'refused') return <p class="empty">{t('outside')}</p>;
  if (nearest.fault !== null) return <FaultNote asked={nearest} />;
  if (nearest.value === null) return <Skeleton rows={3} doing="nearest" asked={nearest} />;
  const { results } = nearest.value;
  if (results.length === 0) return <p class="empty is-bad">{t('noWayHere')}</p>;
  return (
    <>
      <ol class="nearest">
        {results.map((result, index) => (
          <NearestRow
            key={`${result.id} ${result.from_bank ?? ''}`}
            result={result}
            isFirst={index === 0}
            n={index + 1}
          />
        ))}
      </ol>
      <p class="route-key" aria-hidden="true">
        <span class="key-route" /> {t('route')} <span class="key-straight" /> {t('straight')}
      </p>
      {hasTried && <p class="hint">{t('noneCounted')}</p>}
    </>
  );
}

function NearestRow({ result: r, isFirst, n }: { result: NearestResult; isFirst: boolean; n: number }) {
  const t = useWords();
  const { dispatch } = usePlanner();
  const walk_m_s = usePart((s: State) => regionOf(s)?.settings?.walk_m_s ?? 1.3);
  const limit_m = usePart((s) => s.limit_m);
  const ratio = r.straight_m === 0 ? 1 : r.walk_m / r.straight_m;
  const m = t.meters(r.straight_m);
  return (
    <li class={isFirst ? 'is-first' : ''}>
      <Sign kind={r.kind} isUsable={r.condition === 'usable'} />
      <div>
        <button
          type="button"
          class="link"
          onClick={() => dispatch({ is: 'selected', selection: { what: 'piece', id: r.id }, flies: true })}
        >
          <span class="visually-hidden">{n}. </span>
          {t(kindWord(r.kind))} {r.code ?? r.id}
        </button>
        <p class={r.walk_m <= limit_m ? 'walk is-good' : 'walk is-bad'}>
          {t('walk', { m: t.meters(r.walk_m), t: t.minutes(r.walk_m / walk_m_s) })}
        </p>
        {r.bank !== 'none' && <p>{t(r.bank === 'same' ? 'bank_same' : 'bank_other')}</p>}
        {isFirst && (
          <>
            <p>
              {ratio < 1.05 ? t('straightSame', { m }) : t('straightRatio', { m, ratio: ratio.toFixed(1) })}
            </p>
            <p>{t('fetch', { time: t.duration(r.fetch_and_return_s) })}</p>
          </>
        )}
        {r.crossings.length > 0 ? (
          <p>
            {t('crosses')}{' '}
            {r.crossings.map((id) => (
              <button
                key={id}
                type="button"
                class="link is-inline"
                onClick={() => dispatch({ is: 'selected', selection: { what: 'crossing', id } })}
              >
                {crossingText(t, id)}
              </button>
            ))}
          </p>
        ) : (
          isFirst && <p>{t('crossesNone')}</p>
        )}
      </div>
    </li>
  );
}

function CrossingCard() {
  const t = useWords();
  const back = useBack();
  const desk = useDesk();
  const asked = usePart((s) => s.crossing);
  const crossing = asked.value;
  if (crossing === null) {
    const isUnknown = asked.fault?.what === 'refused';
    return (
      <article class="card">
        <CardHeading onBack={back}>{t('crossing_other')}</CardHeading>
        {isUnknown && <p class="empty">{t('crossing_gone')}</p>}
        {!isUnknown && asked.fault !== null && <FaultNote asked={asked} />}
        {asked.fault === null && <Skeleton rows={3} doing="page" asked={asked} />}
      </article>
    );
  }
  const p = crossing.properties;
  const [lon = 0, lat = 0] = crossing.geometry.coordinates;
  return (
    <article class="card">
      <CardHeading onBack={back}>{crossingText(t, p.id)}</CardHeading>
      <p class={p.state === 'open' ? 'condition' : 'condition is-bad'}>
        {t(p.state === 'open' ? 'crossing_open' : 'crossing_closed')}
      </p>
      <ul class="facts">
        {p.name && <li>{p.name}</li>}
        <li>{t('crossing_over', { m: t.meters(p.over_water_m) })}</li>
        {p.state !== p.mapped_state && (
          <li>{t(p.mapped_state === 'open' ? 'crossing_mappedOpen' : 'crossing_mappedClosed')}</li>
        )}
        <li>{placeText([lon, lat])}</li>
      </ul>
      {desk !== null && <desk.CrossingTools crossing={crossing} />}
      <div class="card-actions">
        <CopyButtons at={[lon, lat]} />
        <WrongData at={[lon, lat]} />
      </div>
    </article>
  );
}

/** The remark of the sample's own file says only what the sign above says. */
function isMadeUpRemark({ illustrative, note }: Equipment['properties']): boolean {
  return illustrative && (note?.startsWith('illustrative') ?? false);
}

function PieceCard() {
  const t = useWords();
  const desk = useDesk();
  const back = useBack();
  const { dispatch } = usePlanner();
  const piece = usePart(chosenPiece);
  const equipment = usePart((s) => s.equipment);
  const kinds = usePart((s) => s.kinds);
  const countsAny = usePart((s) => s.any_condition);
  const village = piece?.properties.village ?? null;
  const villageName = usePart((s) => nameOfVillage(s, village)) ?? village;
  if (piece === null) {
    return (
      <article class="card">
        <CardHeading onBack={back}>{t('hit_piece')}</CardHeading>
        {equipment.value === null && equipment.fault === null ? (
          <Skeleton rows={3} doing="equipment" asked={equipment} />
        ) : (
          <p class="empty">{t('pieceGone')}</p>
        )}
      </article>
    );
  }
  const p = piece.properties;
  const isUsable = p.condition === 'usable';
  const counts = kinds.includes(p.kind) && (isUsable || countsAny);
  const [lon = 0, lat = 0] = piece.geometry.coordinates;
  return (
    <article class="card">
      <CardHeading onBack={back}>
        {t('pieceHeading', { kind: t(kindWord(p.kind)), code: p.code ?? p.id })}
      </CardHeading>
      <p class={isUsable ? 'condition' : 'condition is-bad'}>
        <Sign kind={p.kind} isUsable={isUsable} /> {t(conditionWord(p.condition))}
      </p>
      <ul class="facts">
        {p.name && <li>{p.name}</li>}
        {p.illustrative && <li class="is-made-up">{t('pieceMade')}</li>}
        <li>{p.inspected_on ? t('inspected', { date: t.date(p.inspected_on) }) : t('inspectedNever')}</li>
        {villageName && <li>{t('pieceVillage', { name: villageName })}</li>}
        {p.note && !isMadeUpRemark(p) && <li>{t('pieceNote', { note: p.note })}</li>}
        {p.on === 'water' && p.moved_m > 0.05 && <li>{t('pieceMoved', { m: t.meters(p.moved_m) })}</li>}
        <li>{t(counts ? 'pieceCounts' : 'pieceCountsNot')}</li>
        <li>{placeText([lon, lat])}</li>
      </ul>
      {desk !== null && <desk.PieceTools piece={piece} />}
      <div class="card-actions">
        <button
          type="button"
          class={desk?.canPlan.value ? 'button' : 'button is-main'}
          onClick={() => dispatch({ is: 'selected', selection: { what: 'piece', id: p.id }, flies: true })}
        >
          {t('zoomHere')}
        </button>
        <CopyButtons at={[lon, lat]} />
        <ReportButton about={{ id: p.id, code: p.code }} />
        {!p.illustrative && <WrongData at={[lon, lat]} />}
      </div>
    </article>
  );
}
