// The map put right: what is being drawn, and what has been.
import type { ComponentChildren } from 'preact';
import type { Correction } from '../../../shared/contract.ts';
import { boundsOf, lengthOf, placeFromText } from '../../../shared/places.ts';
import type { Key } from '../../../shared/words.ts';
import { PlaceField } from '../../panels/PlaceField.tsx';
import { Icon } from '../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../panels/planner.ts';
import { regionOf } from '../../state.ts';
import { leastCorners } from '../drawing/sketch.ts';
import { SKETCHES, type Sketched } from '../state.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { Coming, useList } from './lists.tsx';
import { Field, Wrong } from './parts.tsx';

const WAYS = ['footway', 'cycleway', 'track', 'street', 'steps'] as const;
const WATERS = ['river', 'canal', 'stream', 'ditch', 'lake', 'reservoir', 'pond', 'basin'] as const;

export function MapCorrections() {
  const sketch = useDeskPart((s) => s.sketch);
  return sketch === null ? <Corrections /> : <SketchForm sketch={sketch} />;
}

function Corrections() {
  const t = useWords();
  const { can } = useAtDesk();
  const { deeds } = usePlanner();
  const corrections = useList('corrections');
  return (
    <>
      <h2>{t('deskDraw')}</h2>
      <div class="desk-choices">
        {SKETCHES.map((what) => (
          <button
            key={what}
            type="button"
            class="button"
            onClick={() => {
              can.beginSketch(what);
              deeds.focusMap();
            }}
          >
            <Icon name="pin" /> {t(`deskSketch_${what}`)}
          </button>
        ))}
      </div>
      <p class="hint">{t('deskHowToStrike')}</p>
      <h2>{t('deskCorrections')}</h2>
      {corrections === null ? (
        <Coming />
      ) : corrections.length === 0 ? (
        <p class="hint">{t('deskNoCorrections')}</p>
      ) : (
        <ul class="desk-rows">
          {corrections.map((one) => (
            <CorrectionRow key={one.id} correction={one} />
          ))}
        </ul>
      )}
    </>
  );
}

function CorrectionRow({ correction }: { correction: Correction }) {
  const t = useWords();
  const { can } = useAtDesk();
  const { dispatch } = usePlanner();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const { id, what, bridge, kind, name, source, line } = correction;
  const bounds = boundsOf([line]);
  const sort = kind === null ? t(`deskCorrected_${what}`) : t(bridge ? 'deskSketch_bridge' : kindKey(kind));
  return (
    <li class="desk-correction">
      <button type="button" class="link" onClick={() => bounds && dispatch({ is: 'waterPicked', bounds })}>
        {name ?? source ?? id}
      </button>
      <span>{sort}</span>
      <button
        type="button"
        class="button is-small"
        disabled={isBusy}
        onClick={() => void can.takeBack(correction)}
      >
        {t('deskTakeBack')}
      </button>
      <Wrong deeds={['draw']} about={id} />
    </li>
  );
}

function SketchForm({ sketch }: { sketch: Sketched }) {
  const t = useWords();
  const { can, tell } = useAtDesk();
  const { dispatch, deeds } = usePlanner();
  const isSaving = useDeskPart((s) => s.doing === 'draw');
  const drawn = usePart((s) => s.sketch);
  const isDrawing = usePart((s) => s.mode.what === 'sketch');
  const hasMap = usePart((s) => s.map === 'there');
  const area = usePart((s) => regionOf(s)?.bounds ?? null);
  const line = drawn?.line ?? [];
  const say = (some: Partial<Sketched>) => tell({ is: 'sketchOpened', sketch: { ...sketch, ...some } });
  const kinds = sketch.what === 'water' ? WATERS : WAYS;
  const isEnough = line.length >= leastCorners(sketch.what);
  const put = (corner: number, at: (typeof line)[number] | null) =>
    dispatch({ is: 'cornerMoved', corner, at });
  return (
    <section class="put-up" aria-label={t(`deskSketch_${sketch.what}`)}>
      <h2>{t(`deskSketch_${sketch.what}`)}</h2>
      <p class="hint" role="status">
        {line.length === 0
          ? t('deskSketchBegin')
          : t('deskSketchSoFar', {
              n: line.length,
              length: t.meters(lengthOf(line, drawn?.is_ring ?? false)),
            })}
      </p>
      <Row>
        {hasMap && !isDrawing && (
          <button
            type="button"
            class="button is-small"
            onClick={() => {
              dispatch({ is: 'modeSet', mode: { what: 'sketch' } });
              deeds.focusMap();
            }}
          >
            {t('deskSketchOn')}
          </button>
        )}
        <button
          type="button"
          class="button is-small"
          disabled={line.length === 0}
          onClick={() => put(line.length - 1, null)}
        >
          {t('deskSketchLess')}
        </button>
      </Row>
      <PlaceField
        label={t('deskCornerAt')}
        action={t('deskCornerAdd')}
        start=""
        read={(text) => placeFromText(text, area)}
        give={(at) => put(line.length, at)}
      />
      <form
        class="desk-form"
        onSubmit={(e) => {
          e.preventDefault();
          void can.saveSketch();
        }}
      >
        <Field label={t('deskKind')}>
          <select value={sketch.kind} onChange={(e) => say({ kind: e.currentTarget.value })}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(kindKey(kind))}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('deskPieceName')}>
          <input
            type="text"
            maxLength={200}
            autocomplete="off"
            value={sketch.name}
            onInput={(e) => say({ name: e.currentTarget.value })}
          />
        </Field>
        <Wrong deeds={['draw']} />
        <Row>
          <button type="submit" class="button is-main" disabled={!isEnough || isSaving}>
            {t(isSaving ? 'deskRedrawing' : 'deskSave')}
          </button>
          <button type="button" class="button" disabled={isSaving} onClick={can.dropSketch}>
            {t('deskCancel')}
          </button>
        </Row>
      </form>
    </section>
  );
}

function Row({ children }: { children: ComponentChildren }) {
  return <div class="desk-tools">{children}</div>;
}

/** Ways and waters have no kind in common. */
const kindKey = (kind: string) => `deskMapKind_${kind}` as Key;
