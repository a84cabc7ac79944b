// One of those who may be called: whether they come now, how to reach them, and what can be done.
import type { Responder } from '../../../../shared/responders.ts';
import { usePart, usePlanner, useWords } from '../../../panels/planner.ts';
import { nameOf } from '../../responders/draft.ts';
import { Confirm, useAsked } from '../asked.tsx';
import { useResponders, useRespondersPart } from './context.ts';
import { dutyText } from './texts.ts';
import { ResponderWrong } from './Wrong.tsx';

const TURNS = [
  [true, 'on'],
  [false, 'off'],
  [null, 'hours'],
] as const;
/** So far around a place is shown, degrees. */
const AROUND = [0.004, 0.003] as const;

export function ResponderRow({ one }: { one: Responder }) {
  const t = useWords();
  const { dispatch } = usePlanner();
  const can = useResponders();
  const isBusy = useRespondersPart((s) => s.doing !== null);
  const hasMap = usePart((s) => s.map === 'there');
  const { asked, ask, line } = useAsked<'takeOff'>();
  const { id, group, village, phone, says_on_duty } = one;
  const name = nameOf(t, one);
  const [lon, lat] = one.home;
  const [east, north] = AROUND;
  return (
    <li ref={line} tabIndex={-1} class="responder">
      <p>
        {hasMap ? (
          <button
            type="button"
            class="link"
            title={t('deskShowOnMap')}
            onClick={() =>
              dispatch({ is: 'waterPicked', bounds: [lon - east, lat - north, lon + east, lat + north] })
            }
          >
            {name}
          </button>
        ) : (
          <b>{name}</b>
        )}{' '}
        <span class={one.on_duty ? 'responder-on' : 'responder-off'}>
          <span aria-hidden="true">{one.on_duty ? '●' : '○'}</span>{' '}
          {t(one.on_duty ? 'deskResponderOn' : 'deskResponderOff')}
        </span>
        {one.illustrative && <span class="responder-made-up">{t('deskResponderMadeUp')}</span>}
      </p>
      <small>
        {[group, village, t(`deskResponderTravel_${one.travel}`), dutyText(t, one.duty)]
          .filter(Boolean)
          .join(' · ')}
      </small>
      {one.note && <small class="responder-note">{one.note}</small>}
      {phone && (
        <a class="link" href={`tel:${phone.replace(/[^\d+]/g, '')}`} aria-label={`${name}: ${phone}`}>
          {phone}
        </a>
      )}
      {asked === null ? (
        <div class="desk-do">
          <fieldset class="segments">
            <legend class="visually-hidden">{t('deskResponderTurnOf', { name })}</legend>
            {TURNS.map(([says, word]) => (
              <button
                key={word}
                type="button"
                aria-pressed={says_on_duty === says}
                disabled={isBusy}
                onClick={() => void can.turn(one, says)}
              >
                {t(`deskResponderTurn_${word}`)}
              </button>
            ))}
          </fieldset>
          <button
            type="button"
            class="button"
            data-opens={id}
            aria-label={t('deskEditing', { code: name })}
            onClick={() => can.open(one)}
          >
            {t('deskEdit')}
          </button>
          <button
            type="button"
            class="button"
            disabled={isBusy}
            aria-label={t('deskResponderTakeOffOne', { name })}
            onClick={() => ask('takeOff')}
          >
            {t('deskResponderTakeOff')}
          </button>
        </div>
      ) : (
        <Confirm
          means={t('deskResponderTakeOffAsk', { name })}
          does={t('deskResponderTakeOffDo')}
          act={() => {
            ask(null);
            void can.takeOff(one);
          }}
          cancel={() => ask(null)}
        />
      )}
      <ResponderWrong what="turn" about={id} />
      <ResponderWrong what="takeOff" about={id} />
    </li>
  );
}
