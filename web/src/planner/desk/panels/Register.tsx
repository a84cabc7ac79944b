// The register's tab: putting up a piece, what is to be looked at, and what there is to decide on.
import { useState } from 'preact/hooks';
import type { Kind } from '../../../shared/contract.ts';
import { KINDS } from '../../../shared/contract.ts';
import { placeFromText } from '../../../shared/places.ts';
import { PlaceField } from '../../panels/PlaceField.tsx';
import { Icon, kindWord } from '../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../panels/planner.ts';
import { regionOf } from '../../state.ts';
import { VIEWS } from '../state.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { HistoryList } from './HistoryList.tsx';
import { Import, ImportButton } from './Import.tsx';
import { CrossingList, DueList, ReportList, WaterList } from './lists.tsx';
import { MapCorrections } from './MapCorrections.tsx';
import { Notices } from './Notices.tsx';
import { PatrolsPart, Places, RespondersPart, RosterPart } from './Places.tsx';
import { PointList } from './PointList.tsx';
import { Field } from './parts.tsx';
import { SettingsList } from './SettingsList.tsx';

export function Register() {
  const t = useWords();
  const { can } = useAtDesk();
  const view = useDeskPart((s) => s.view);
  const isBringing = useDeskPart((s) => s.brought !== null);
  return (
    <div class="register">
      <fieldset class="segments is-many">
        <legend class="visually-hidden">{t('tabDesk')}</legend>
        {VIEWS.map((one) => (
          <button key={one} type="button" aria-pressed={view === one} onClick={() => can.pick(one)}>
            {t(`deskView_${one}`)}
          </button>
        ))}
      </fieldset>
      {view === 'pieces' && (isBringing ? <Import /> : <PutUp />)}
      {view === 'crossings' && <CrossingList />}
      {view === 'inspections' && <DueList />}
      {view === 'reports' && <ReportList />}
      {view === 'waters' && <WaterList />}
      {view === 'map' && <MapCorrections />}
      {view === 'points' && <PointList />}
      {view === 'sites' && <Places />}
      {view === 'patrols' && <PatrolsPart />}
      {view === 'roster' && <RosterPart />}
      {view === 'responders' && <RespondersPart />}
      {view === 'notices' && <Notices />}
      {view === 'settings' && <SettingsList />}
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
      <h2>{t('deskImport')}</h2>
      <ImportButton />
      <h2>{t('deskOthers')}</h2>
      <p class="hint">{t('deskHowToEdit')}</p>
    </section>
  );
}
