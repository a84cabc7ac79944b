// The form of somebody who may be called: who they are, from where they set off, and when they come.
import { useEffect, useRef } from 'preact/hooks';
import { placeFromText, placeText } from '../../../../shared/places.ts';
import { RESPONDER_KINDS, type ResponderKind, TRAVELS, type Travel } from '../../../../shared/responders.ts';
import { PlaceField } from '../../../panels/PlaceField.tsx';
import { CardHeading, Icon } from '../../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../../panels/planner.ts';
import { regionOf } from '../../../state.ts';
import { changed, type Fields, fieldsOf, hoursOf, lacks, nameOf } from '../../responders/draft.ts';
import type { Draft } from '../../responders/state.ts';
import { Field } from '../parts.tsx';
import { useResponders, useRespondersPart } from './context.ts';
import { fieldWord } from './texts.ts';
import { ResponderWrong } from './Wrong.tsx';

const TEXTS = ['name', 'group', 'village', 'phone'] as const;
/** The place has a form of its own, below; the button that saves is below both. */
const FORM = 'responder-form';
const EVENING = '18:00-21:00';

export function ResponderForm({ draft: { seen, said } }: { draft: Draft }) {
  const t = useWords();
  const can = useResponders();
  const isBusy = useRespondersPart((s) => s.doing !== null);
  const lack = lacks(said);
  const isUnchanged = seen !== null && changed(fieldsOf(seen), said).length === 0;
  return (
    <article class="responder-form">
      <CardHeading onBack={can.close}>
        {seen === null ? t('deskResponderAdd') : t('deskEditing', { code: nameOf(t, seen) })}
      </CardHeading>
      {seen?.illustrative && <p class="note is-made-up">{t('deskResponderMadeUpMore')}</p>}
      <form
        id={FORM}
        class="desk-form"
        onSubmit={(e) => {
          e.preventDefault();
          void can.save();
        }}
      >
        <Field label={t('deskField_kind')}>
          <select
            value={said.kind}
            onChange={(e) => can.say({ kind: e.currentTarget.value as ResponderKind })}
          >
            {RESPONDER_KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`deskResponderKind_${one}`)}
              </option>
            ))}
          </select>
        </Field>
        {TEXTS.map((field) => (
          <Field key={field} label={t(fieldWord(field))}>
            <input
              type="text"
              inputMode={field === 'phone' ? 'tel' : 'text'}
              maxLength={200}
              autocomplete="off"
              value={said[field]}
              onInput={(e) => can.say({ [field]: e.currentTarget.value })}
            />
          </Field>
        ))}
        <Field label={t('deskResponderField_travel')}>
          <select value={said.travel} onChange={(e) => can.say({ travel: e.currentTarget.value as Travel })}>
            {TRAVELS.map((one) => (
              <option key={one} value={one}>
                {t(`deskResponderTravel_${one}`)}
              </option>
            ))}
          </select>
        </Field>
        <Duty duty={said.duty} />
        <Field label={t('deskField_note')}>
          <textarea
            rows={2}
            maxLength={2000}
            value={said.note}
            onInput={(e) => can.say({ note: e.currentTarget.value })}
          />
        </Field>
      </form>
      <Home home={said.home} />
      <div class="desk-save">
        <ResponderWrong what="save" about={seen?.id ?? null} />
        <button
          type="submit"
          form={FORM}
          class="button is-main"
          disabled={isBusy || isUnchanged || lack !== null}
        >
          {t(isBusy ? 'deskSaving' : 'deskSave')}
        </button>
        <button type="button" class="button" onClick={can.close}>
          {t('deskCancel')}
        </button>
        <p class="hint" role="status">
          {lack !== null ? t(`deskResponderLacks_${lack}`) : isUnchanged ? t('deskNothingChanged') : ''}
        </p>
      </div>
    </article>
  );
}

function Duty({ duty }: { duty: string }) {
  const t = useWords();
  const can = useResponders();
  const hours = hoursOf(duty);
  const say = (from: string, to: string) => can.say({ duty: `${from}-${to}` });
  return (
    <>
      <Field label={t('deskResponderField_duty')} hint={t('deskResponderDutyHint')}>
        <select
          value={hours === null ? duty : 'hours'}
          onChange={(e) => {
            const which = e.currentTarget.value;
            can.say({ duty: which === 'hours' ? EVENING : which });
          }}
        >
          {(['always', 'hours', 'never'] as const).map((one) => (
            <option key={one} value={one}>
              {t(`deskResponderDuty_${one}`)}
            </option>
          ))}
        </select>
      </Field>
      {hours !== null && (
        <div class="desk-pair">
          <Field label={t('deskResponderFrom')}>
            <input
              type="time"
              required
              value={hours[0]}
              onInput={(e) => say(e.currentTarget.value, hours[1])}
            />
          </Field>
          <Field label={t('deskResponderTo')}>
            <input
              type="time"
              required
              value={hours[1]}
              onInput={(e) => say(hours[0], e.currentTarget.value)}
            />
          </Field>
        </div>
      )}
    </>
  );
}

/** From where they set off: tapped on the map, or typed. */
function Home({ home }: { home: Fields['home'] }) {
  const t = useWords();
  const can = useResponders();
  const { deeds } = usePlanner();
  const picks = useRespondersPart((s) => s.picks);
  const hasMap = usePart((s) => s.map === 'there');
  const area = usePart((s) => regionOf(s)?.bounds ?? null);
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(picks);
  // The map had the focus while one chose.
  useEffect(() => {
    if (was.current && !picks) button.current?.focus();
    was.current = picks;
  }, [picks]);
  const start = home === null ? '' : placeText(home);
  return (
    <fieldset class="responder-home">
      <legend>{t('deskResponderField_home')}</legend>
      {hasMap && (
        <button
          ref={button}
          type="button"
          class="button is-full"
          aria-pressed={picks}
          onClick={() => {
            can.pick(!picks);
            if (!picks) deeds.focusMap();
          }}
        >
          <Icon name="pin" /> {t('deskPlaceOnMap')}
        </button>
      )}
      <PlaceField
        key={start}
        label={t('deskPlace')}
        start={start}
        read={(text) => placeFromText(text, area)}
        give={(at) => can.say({ home: at })}
      />
    </fieldset>
  );
}
