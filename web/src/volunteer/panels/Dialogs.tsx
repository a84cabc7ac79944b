// What is asked before something is done, from below, near the thumb. What an evening cannot do without is here, the rest in `later/`.
import { REASONS, type Stop } from '../../shared/duty.ts';
import { ownRun } from '../next.ts';
import { partners } from '../pack.ts';
import { usePage, usePart, useWords } from './context.ts';
import { Later } from './Later.tsx';
import { NearestList } from './MapTab.tsx';
import { CallButton, Sheet, useClose } from './parts.tsx';
import { callsOf, callText } from './texts.ts';

export function Dialogs() {
  const dialog = usePart((s) => s.dialog);
  if (dialog === null) return null;
  switch (dialog.is) {
    case 'consent':
      return <Consent />;
    case 'skip':
      return <Skip stop={dialog.stop} />;
    case 'far':
      return <Far stop={dialog.stop} m={dialog.m} />;
    case 'finish':
      return <Finish />;
    case 'water':
      return <Emergency />;
    case 'cannot':
      return <Cannot />;
    case 'hands':
      return <HandOver />;
    default:
      // The same sheet waits for the part, and is the part's then.
      return <Later key={dialog.is} isSheet show={({ LaterDialog }) => <LaterDialog dialog={dialog} />} />;
  }
}

function Consent() {
  const t = useWords();
  const { deeds } = usePage();
  const days = usePart((s) => s.pack?.value.track_days ?? 30);
  const answer = (consent: boolean) => {
    deeds.consent(consent);
    deeds.start();
  };
  return (
    <Sheet heading={t('volTrackAsk')}>
      <p>{t('volTrackText', { n: days })}</p>
      <p class="hint">{t('volTrackFine')}</p>
      <button type="button" class="button is-main is-large" onClick={() => answer(true)}>
        {t('volTrackAgree')}
      </button>
      <button type="button" class="button is-full" onClick={() => answer(false)}>
        {t('volTrackRefuse')}
      </button>
    </Sheet>
  );
}

function Skip({ stop }: { stop: Stop }) {
  const t = useWords();
  const { deeds } = usePage();
  return (
    <Sheet heading={t('volSkipAsk', { n: stop.rank })}>
      {REASONS.map((reason) => (
        <button type="button" class="button is-large" key={reason} onClick={() => deeds.skip(stop, reason)}>
          {t(`volReason_${reason}`)}
        </button>
      ))}
    </Sheet>
  );
}

function Far({ stop, m }: { stop: Stop; m: number }) {
  const t = useWords();
  const { deeds } = usePage();
  const close = useClose();
  return (
    <Sheet heading={t('volFar', { m: t.meters(m) })}>
      <p>{t('volFarMore')}</p>
      <button type="button" class="button is-main is-large" onClick={close}>
        {t('volFarNot')}
      </button>
      <button type="button" class="button is-full" onClick={() => deeds.checkIn(stop)}>
        {t('volFarStill')}
      </button>
    </Sheet>
  );
}

function Finish() {
  const t = useWords();
  const { deeds } = usePage();
  const close = useClose();
  const left = usePart((s) => {
    const { done } = ownRun(s);
    return s.pack?.value.patrol?.way.stops.filter(({ stretch }) => !done.has(stretch)).length ?? 0;
  });
  return (
    <Sheet heading={t('volFinishAsk', { n: left })}>
      <button type="button" class="button is-main is-large" onClick={close}>
        {t('volGoOn')}
      </button>
      <button type="button" class="button is-full" onClick={deeds.finish}>
        {t('volFinish')}
      </button>
    </Sheet>
  );
}

function Emergency() {
  const t = useWords();
  const pack = usePart((s) => s.pack?.value ?? null);
  const others = pack === null ? [] : partners(pack).filter(({ phone }) => phone !== null);
  return (
    <Sheet heading={t('volInWater')} class="is-emergency">
      <div class="calls">
        {callsOf(pack).map(([service, phone]) => (
          <CallButton key={service} phone={phone} name={service} word={callText(t, service, phone)} />
        ))}
      </div>
      <ol class="steps">
        <li>{t('volStep_1')}</li>
        <li>{t('volStep_2')}</li>
        <li>{t('volStep_3')}</li>
      </ol>
      <NearestList />
      {others.length > 0 && (
        <div class="calls is-partners">
          {others.map(({ id, name, phone }) => (
            <CallButton key={id} phone={phone ?? ''} name={name} word={name} />
          ))}
        </div>
      )}
      <p class="hint">{t('volInWaterLogged')}</p>
    </Sheet>
  );
}

function Cannot() {
  const t = useWords();
  const { deeds } = usePage();
  const close = useClose();
  return (
    <Sheet heading={t('volCannotAsk')}>
      <p>{t('volCannotMore')}</p>
      <button type="button" class="button is-full is-no" onClick={() => deeds.answer('cannot')}>
        {t('volCannot')}
      </button>
      <button type="button" class="button is-main is-large" onClick={close}>
        {t('back')}
      </button>
    </Sheet>
  );
}

/** Others see that somebody is looked for; until there is one, nothing changes. */
function HandOver() {
  const t = useWords();
  const { deeds } = usePage();
  const close = useClose();
  return (
    <Sheet heading={t('volHandsAsk')}>
      <p>{t('volHandsMore')}</p>
      <button type="button" class="button is-main is-large" onClick={() => deeds.answer('hands_over')}>
        {t('volHands')}
      </button>
      <button type="button" class="button is-full" onClick={close}>
        {t('back')}
      </button>
    </Sheet>
  );
}
