// What a planner can do with what is chosen: edit or retire a piece, close or open a crossing.
import type { Crossing, Equipment, LonLat } from '../../../shared/contract.ts';
import { chosenGap, nameOfVillage, nameOfWater } from '../../answers.ts';
import { crossingText } from '../../panels/crossingText.ts';
import { conditionWord } from '../../panels/parts.tsx';
import { useDesk, usePart, usePlanner, useWords } from '../../panels/planner.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { PointHere, usePointAt } from './PointList.tsx';
import { Wrong } from './parts.tsx';

export function PieceTools({ piece }: { piece: Equipment }) {
  const t = useWords();
  const { can } = useAtDesk();
  const canPlan = useDesk()?.canPlan.value ?? false;
  const isBusy = useDeskPart((s) => s.doing !== null);
  if (!canPlan) return null;
  const { id } = piece.properties;
  return (
    <div class="desk-tools">
      <button type="button" class="button is-main" disabled={isBusy} onClick={() => void can.edit(id)}>
        {t('deskEdit')}
      </button>
      <button type="button" class="button" disabled={isBusy} onClick={() => void can.askRetire(id)}>
        {t('deskRetire')}
      </button>
      <fieldset class="desk-looked">
        <legend>{t('deskLookedToday')}</legend>
        {(['usable', 'damaged', 'missing'] as const).map((condition) => (
          <button
            key={condition}
            type="button"
            class="button is-small"
            disabled={isBusy}
            onClick={() => void can.inspect(piece, condition)}
          >
            {t(conditionWord(condition))}
          </button>
        ))}
      </fieldset>
      <Wrong deeds={['edit', 'inspect']} />
    </div>
  );
}

export function PlaceTools({ at }: { at: LonLat }) {
  const t = useWords();
  const { dispatch } = usePlanner();
  const { can, tell } = useAtDesk();
  const point = usePointAt(at);
  const isBusy = useDeskPart((s) => s.doing !== null);
  const canPlan = useDesk()?.canPlan.value ?? false;
  if (!canPlan) return null;
  return (
    <>
      {point !== null && <PointHere point={point} />}
      <button
        type="button"
        class="button"
        onClick={() => {
          tell({ is: 'newDraftOpened', kind: 'pole' });
          dispatch({ is: 'marked', at });
        }}
      >
        {t('deskPutUpHere')}
      </button>
      {point === null && (
        <button type="button" class="button" onClick={() => void can.newPoint(at)}>
          {t('deskPointMakeHere')}
        </button>
      )}
      <ForPlaces at={at} />
      <details class="desk-strike">
        <summary>{t('deskMapWrong')}</summary>
        <div class="desk-tools">
          {(['no_path', 'no_water'] as const).map((what) => (
            <button
              key={what}
              type="button"
              class="button is-small"
              disabled={isBusy}
              onClick={() => void can.strike(what, at)}
            >
              {t(`deskStrike_${what}`)}
            </button>
          ))}
          <Wrong deeds={['strike']} />
        </div>
      </details>
    </>
  );
}

/** What this place, or the stretch that is chosen, means to whoever looks for new places. */
function ForPlaces({ at }: { at: LonLat }) {
  const t = useWords();
  const { can } = useAtDesk();
  const gap = usePart((s) => chosenGap(s)?.gap ?? null);
  const water = usePart((s) => nameOfWater(s, gap?.properties.water_body ?? null));
  const village = usePart((s) => nameOfVillage(s, gap?.properties.village ?? null));
  return (
    <details class="desk-strike">
      <summary>{t('deskForPlaces')}</summary>
      <div class="desk-tools">
        <button
          type="button"
          class="button is-small"
          onClick={() => void can.forPlaces((places) => places.require(at))}
        >
          {t('deskMustStand')}
        </button>
        {gap !== null && (
          <button
            type="button"
            class="button is-small"
            onClick={() => {
              const { bank, from_m, to_m } = gap.properties;
              const name = [water, village].filter(Boolean).join(' · ') || null;
              void can.forPlaces((places) => places.forbid({ bank, from_m, to_m, name, at }));
            }}
          >
            {t('deskCannotStand')}
          </button>
        )}
      </div>
    </details>
  );
}

export function CrossingTools({ crossing }: { crossing: Crossing }) {
  const t = useWords();
  const { can } = useAtDesk();
  const canPlan = useDesk()?.canPlan.value ?? false;
  const doing = useDeskPart((s) => s.doing);
  if (!canPlan) return null;
  const isOpen = crossing.properties.state === 'open';
  return (
    <div class="desk-tools">
      <button
        type="button"
        class="button is-main"
        disabled={doing !== null}
        onClick={() => void can.setCrossing(crossing, crossingText(t, crossing.properties.id))}
      >
        {doing === 'crossing' ? t('deskSaving') : t(isOpen ? 'deskClose' : 'deskOpen')}
      </button>
      <p class="hint">{t(isOpen ? 'deskCloseMeans' : 'deskOpenMeans')}</p>
      <Wrong deeds={['crossing']} />
    </div>
  );
}
