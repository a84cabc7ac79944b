// Rescue points: what each has of 四个一, where it is, and what can be done with it.
import type { Four, LonLat, RescuePoint } from '../../../shared/contract.ts';
import { placeFromText, placeText, rounded } from '../../../shared/places.ts';
import type { Words } from '../../../shared/words.ts';
import { nameOfVillage, nameOfWater } from '../../answers.ts';
import { Modal } from '../../panels/Modal.tsx';
import { PlaceField } from '../../panels/PlaceField.tsx';
import { Icon, kindWord, Skeleton } from '../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../panels/planner.ts';
import { regionOf } from '../../state.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { Wrong } from './parts.tsx';
import { useClose } from './SignIn.tsx';

/** 四个一, in the order in which the rules name them. */
const FOUR = ['board', 'ring', 'rope', 'pole'] as const satisfies readonly (keyof Four)[];
const MARKS = { usable: '✓', unusable: '!', none: '✗' } as const;

function usePoints(): readonly RescuePoint[] | null {
  const region = usePart((s) => s.region);
  return useDeskPart((s) => (s.lists?.region === region ? s.lists.points : null));
}

const placeOf = ({ geometry }: RescuePoint) => rounded(geometry.coordinates as LonLat);

export function PointList() {
  const t = useWords();
  const points = usePoints();
  return (
    <>
      <NewPoint />
      <Wrong deeds={['list']} />
      {points === null ? <Skeleton rows={6} doing="page" /> : <Points points={points} t={t} />}
    </>
  );
}

function Points({ points, t }: { points: readonly RescuePoint[]; t: Words }) {
  if (points.length === 0) return <p class="empty">{t('deskPointsNone')}</p>;
  const names = new Intl.Collator(t.language === 'zh' ? 'zh-CN' : 'en');
  // Where something is missing comes first: it is what one looks for.
  const sorted = [...points].sort(
    ({ properties: a }, { properties: b }) =>
      Number(a.complete) - Number(b.complete) || names.compare(a.name, b.name),
  );
  const n_complete = points.filter(({ properties: p }) => p.complete).length;
  return (
    <>
      <p class="hint" role="status">
        {t('deskPointsFound', { n: points.length, complete: n_complete })}
      </p>
      <ul class="desk-rows">
        {sorted.map((point) => (
          <PointRow key={point.properties.id} point={point} />
        ))}
      </ul>
    </>
  );
}

function NewPoint() {
  const t = useWords();
  const { deeds } = usePlanner();
  const { can } = useAtDesk();
  const hasMap = usePart((s) => s.map === 'there');
  const isMarking = usePart((s) => s.mode.what === 'mark');
  const area = usePart((s) => regionOf(s)?.bounds ?? null);
  return (
    <section class="put-up" aria-label={t('deskNewPoint')}>
      <h2>{t('deskNewPoint')}</h2>
      {hasMap && (
        <button
          type="button"
          class="button is-main is-full"
          aria-pressed={isMarking}
          onClick={() => {
            void can.newPoint(null);
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
        give={(at) => void can.newPoint(at)}
      />
    </section>
  );
}

function PointRow({ point }: { point: RescuePoint }) {
  const t = useWords();
  const { dispatch } = usePlanner();
  const { id, name, village, water_body } = point.properties;
  const at = placeOf(point);
  const where = usePart((s) =>
    [nameOfWater(s, water_body), nameOfVillage(s, village)].filter(Boolean).join(' · '),
  );
  return (
    <li class="desk-point">
      <span>
        <button
          type="button"
          class="link"
          title={t('deskShowOnMap')}
          onClick={() => dispatch({ is: 'selected', selection: { what: 'place', at }, flies: true })}
        >
          {name}
        </button>
        <small>{where || placeText(at)}</small>
      </span>
      <FourOnes point={point} />
      <PointButtons point={point} />
      <Wrong deeds={['point']} about={id} />
    </li>
  );
}

function FourOnes({ point: { properties } }: { point: RescuePoint }) {
  const t = useWords();
  return (
    <>
      <ul class="desk-four" aria-label={t('deskFour')}>
        {FOUR.map((one) => {
          const state = properties.four[one];
          return (
            <li key={one} class={`is-${state}`}>
              <span aria-hidden="true">{MARKS[state]} </span>
              {t(kindWord(one))}
              {state === 'unusable' && t('deskUnusable')}
              <span class="visually-hidden">{t(`deskSupply_${state}`)}</span>
            </li>
          );
        })}
      </ul>
      {properties.gone.length > 0 && <small>{t('deskPointGone', { ids: t.list(properties.gone) })}</small>}
    </>
  );
}

function PointButtons({ point }: { point: RescuePoint }) {
  const t = useWords();
  const { can } = useAtDesk();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const { id, name } = point.properties;
  return (
    <span class="desk-point-do">
      <button
        type="button"
        class="button is-small"
        disabled={isBusy}
        aria-label={t('deskEditing', { code: name })}
        onClick={() => void can.editPoint(id)}
      >
        {t('deskEdit')}
      </button>
      <button
        type="button"
        class="button is-small"
        disabled={isBusy}
        aria-label={t('deskPointGiveUp', { name })}
        onClick={() => void can.askRetirePoint(point)}
      >
        {t('deskRetire')}
      </button>
    </span>
  );
}

/** The rescue point at a place, as far as they have been listed. */
export function usePointAt(at: LonLat): RescuePoint | null {
  return usePoints()?.find((one) => placeOf(one).join() === rounded(at).join()) ?? null;
}

/** On the card of the place where it is. */
export function PointHere({ point }: { point: RescuePoint }) {
  const t = useWords();
  const { id, name, note } = point.properties;
  return (
    <section class="desk-point is-here" aria-label={t('deskPointHere')}>
      <h3>{name}</h3>
      <FourOnes point={point} />
      {note !== null && <p class="desk-quote">{note}</p>}
      <PointButtons point={point} />
      <Wrong deeds={['point']} about={id} />
    </section>
  );
}

export function AskRetirePoint({ name }: { name: string }) {
  const t = useWords();
  const { can } = useAtDesk();
  const close = useClose();
  const isBusy = useDeskPart((s) => s.doing !== null);
  return (
    <Modal heading={t('deskRetireAsk', { code: name })} class="dialog is-small" onClose={close}>
      <p>{t('deskRetirePointMeans')}</p>
      <Wrong deeds={['retirePoint']} />
      <div class="desk-save">
        <button
          type="button"
          class="button is-danger"
          disabled={isBusy}
          onClick={() => void can.retirePoint()}
        >
          {t('deskRetireDo')}
        </button>
        <button type="button" class="button" onClick={close}>
          {t('deskCancel')}
        </button>
      </div>
    </Modal>
  );
}
