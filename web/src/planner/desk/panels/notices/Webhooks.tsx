// Webhooks, for administrators: who is told of notices, whether that has come about, one more, one less.
import { useEffect, useRef, useState } from 'preact/hooks';
import { timeText } from '../../../../shared/notices.ts';
import type { Delivery, MadeWebhook, WebhookShape } from '../../../../shared/webhooks.ts';
import { WEBHOOK_SHAPES } from '../../../../shared/webhooks.ts';
import { nameIn, type Words } from '../../../../shared/words.ts';
import { Skeleton } from '../../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../../panels/planner.ts';
import { regionOf } from '../../../state.ts';
import { tellingFault, whyNotTold } from '../../notices/telling.ts';
import type { Told } from '../../state.ts';
import { Confirm, useAsked } from '../asked.tsx';
import { useAtDesk, useDeskPart } from '../context.ts';
import { Field, Wrong } from '../parts.tsx';

/** So many deliveries of each are shown. */
const SHOWN = 10;

export function Webhooks() {
  const t = useWords();
  const { can } = useAtDesk();
  const region = usePart((s) => s.region);
  const webhooks = useDeskPart((s) => (s.lists?.region === region ? s.lists.webhooks : null));
  const isBusy = useDeskPart((s) => s.doing !== null);
  const hasFailed = useDeskPart((s) => s.fault?.deed === 'webhook');
  const [adding, setAdding] = useState<'form' | MadeWebhook | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const n = webhooks?.length ?? 0;
  const was = useRef(n);
  // The line that had the focus is gone.
  useEffect(() => {
    if (n < was.current) heading.current?.focus();
    was.current = n;
  }, [n]);
  const done = () => {
    setAdding(null);
    heading.current?.focus();
  };
  return (
    <section class="desk-hooks" aria-label={t('deskHooks')}>
      <div class="desk-hooks-head">
        <h2 ref={heading} tabIndex={-1}>
          {t('deskHooks')}
        </h2>
        {n > 0 && (
          <button
            type="button"
            class="button is-small"
            disabled={isBusy}
            onClick={() => void can.lookAtWebhooks()}
          >
            {t('deskHookLook')}
          </button>
        )}
      </div>
      <p class="hint">{t('deskHooksAre')}</p>
      {webhooks === null && !hasFailed && <Skeleton rows={1} doing="page" />}
      {n > 0 && (
        <ul class="desk-rows">
          {(webhooks ?? []).map((told) => (
            <WebhookRow key={told.webhook.id} told={told} />
          ))}
        </ul>
      )}
      {adding === null && (
        <button type="button" class="button is-full" onClick={() => setAdding('form')}>
          {t('deskHookAdd')}
        </button>
      )}
      {adding === 'form' && <WebhookForm made={setAdding} close={done} />}
      {adding !== null && adding !== 'form' && <Made made={adding} close={done} />}
      {adding !== 'form' && <Wrong deeds={['webhook']} />}
    </section>
  );
}

function WebhookRow({ told: { webhook, deliveries } }: { told: Told }) {
  const t = useWords();
  const { can } = useAtDesk();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const regions = usePart((s) => s.regions.value);
  const { asked, ask, line } = useAsked<'remove'>();
  const { id, server, shape, region } = webhook;
  const names = regions?.find((one) => one.id === region)?.name;
  const where = region === null ? t('deskAllRegions') : names ? nameIn(t.language, names) : region;
  const [last] = deliveries;
  return (
    <li class="desk-notice" ref={line} tabIndex={-1}>
      <span>
        <b>{server}</b>
        <small>
          {t(`deskHookShape_${shape}`)} · {where}
        </small>
        {last === undefined ? <small>{t('deskHookNothingYet')}</small> : <State delivery={last} />}
      </span>
      {deliveries.length > 1 && (
        <details>
          <summary>{t('deskHookLatest')}</summary>
          <ul>
            {deliveries.slice(0, SHOWN).map((one) => (
              <li key={one.id}>
                {t(`deskHookEvent_${one.event}`, { id: one.notice })}
                <State delivery={one} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {asked === null ? (
        <div class="desk-decide">
          <button
            type="button"
            class="button is-small"
            disabled={isBusy}
            aria-label={t('deskHookRemoveOne', { server })}
            onClick={() => ask('remove')}
          >
            {t('deskHookRemove')}
          </button>
        </div>
      ) : (
        <Confirm
          means={t('deskHookRemoveMeans')}
          does={t('deskHookRemoveDo')}
          act={() => {
            ask(null);
            void can.removeWebhook(id);
          }}
          cancel={() => ask(null)}
        />
      )}
      <Wrong deeds={['webhook']} about={String(id)} />
    </li>
  );
}

/** What has become of telling it something. */
function State({ delivery }: { delivery: Delivery }) {
  const t = useWords();
  const zone = usePart((s) => regionOf(s)?.settings?.time_zone);
  const { state, attempts: n, fault, created_at, next_at } = delivery;
  const why = fault === null ? '' : faultText(t, fault);
  const time = (at: string) => timeText(t, at, zone);
  if (state === 'delivered') {
    return <small class="is-good">{t('deskHookDelivered', { time: time(created_at) })}</small>;
  }
  if (state === 'given_up') {
    return <small class="is-bad">{t('deskHookGivenUp', { n, time: time(created_at), why })}</small>;
  }
  if (n === 0 || next_at === null) return <small>{t('deskHookPending')}</small>;
  return <small class="is-bad">{t('deskHookTried', { n, time: time(next_at), why })}</small>;
}

function faultText(t: Words, why: string): string {
  const fault = tellingFault(why);
  switch (fault.what) {
    case 'address':
    case 'silent':
    case 'connection':
    case 'encryption':
      return t(`deskHookFault_${fault.what}`);
    case 'answered':
    case 'code':
      return t(`deskHookFault_${fault.what}`, { n: fault.n });
    case 'other':
      return fault.why;
  }
}

function WebhookForm({ made, close }: { made(webhook: MadeWebhook): void; close(): void }) {
  const t = useWords();
  const { can } = useAtDesk();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const fault = useDeskPart((s) => (s.fault?.deed === 'webhook' && s.fault.about === null ? s.fault : null));
  const regions = usePart((s) => s.regions.value) ?? [];
  const [url, setUrl] = useState('');
  const [sent, setSent] = useState('');
  const [shape, setShape] = useState<WebhookShape>('json');
  const [region, setRegion] = useState<string | null>(null);
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  const isAddress = fault?.fault.what === 'refused' && fault.fault.kind === 'bad-parameter';
  return (
    <form
      class="desk-form desk-hook-form"
      aria-label={t('deskHookAdd')}
      onSubmit={(e) => {
        e.preventDefault();
        setSent(url.trim());
        void can.addWebhook({ url: url.trim(), shape, region }, made);
      }}
    >
      <Field label={t('deskHookShape')}>
        <select ref={first} value={shape} onChange={(e) => setShape(e.currentTarget.value as WebhookShape)}>
          {WEBHOOK_SHAPES.map((one) => (
            <option key={one} value={one}>
              {t(`deskHookShape_${one}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('deskHookAddress')} hint={t(`deskHookAddressHint_${shape}`)}>
        <input
          type="text"
          inputMode="url"
          required
          maxLength={2000}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={url}
          onInput={(e) => setUrl(e.currentTarget.value)}
        />
      </Field>
      <Field label={t('deskWhere')}>
        {/* No region has an empty id: it stands for all of them. */}
        <select value={region ?? ''} onChange={(e) => setRegion(e.currentTarget.value || null)}>
          <option value="">{t('deskAllRegions')}</option>
          {regions.map(({ id, name }) => (
            <option key={id} value={id}>
              {nameIn(t.language, name) || id}
            </option>
          ))}
        </select>
      </Field>
      {isAddress ? (
        <p class="note is-fault" role="alert">
          {t(`deskHookNot_${whyNotTold(sent)}`)}
        </p>
      ) : (
        <Wrong deeds={['webhook']} />
      )}
      <div class="desk-save">
        <button type="submit" class="button is-main" disabled={isBusy || url.trim() === ''}>
          {t('deskHookAddDo')}
        </button>
        <button type="button" class="button" onClick={close}>
          {t('deskCancel')}
        </button>
      </div>
    </form>
  );
}

/** In place of the form, so that nobody overlooks what is shown once. A group's bot checks no signature. */
function Made({ made: { server, shape, secret }, close }: { made: MadeWebhook; close(): void }) {
  const t = useWords();
  const { deeds } = usePlanner();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div class="desk-link desk-made" ref={box} tabIndex={-1} role="status">
      <p>{t(`deskHookMade_${shape}`, { server })}</p>
      {shape === 'json' && (
        <>
          <input
            type="text"
            readOnly
            aria-label={t('deskHookSecret')}
            value={secret}
            onFocus={(e) => e.currentTarget.select()}
          />
          <button type="button" class="button" onClick={() => deeds.copy(secret)}>
            {t('deskHookCopy')}
          </button>
          <small>{t('deskHookSecretUse')}</small>
        </>
      )}
      <button type="button" class="link" onClick={close}>
        {t(shape === 'json' ? 'deskHookKept' : 'deskHookDone')}
      </button>
    </div>
  );
}
