// What the phone needs before one goes out of reach of any line.
import { useState } from 'preact/hooks';
import { patrolName } from '../next.ts';
import type { Phone } from '../state.ts';
import { usePage, usePart, useWords } from './context.ts';

type Is = 'yes' | 'no' | 'going';

/** An evening with the screen on takes so much. */
const ENOUGH_PERCENT = 30;
const isLow = ({ percent, is_charging }: NonNullable<Phone['battery']>) =>
  !is_charging && percent < ENOUGH_PERCENT;

export function Ready() {
  const t = useWords();
  const { deeds } = usePage();
  const pack = usePart((s) => s.pack);
  const map = usePart((s) => s.map);
  const hasWay = usePart((s) => s.pack?.value.patrol != null);
  const isMapOwn = usePart((s) => s.map.patrol === patrolName(s));
  const locating = usePart((s) => s.locating);
  const phone = usePart((s) => s.phone);
  const zone = pack?.value.time_zone;
  const [isOpen, setOpen] = useState(false);
  const percent = map.of === 0 ? 0 : Math.floor((100 * map.done) / map.of);
  const isSaved = isMapOwn && map.is === 'saved';
  const rows: { is: Is; text: string; more?: string; action?: string; run?(): void }[] = [
    {
      is: pack === null ? 'no' : 'yes',
      text: t('volReadyPack'),
      ...(pack === null ? {} : { more: t.time(pack.at_ms, zone) }),
      action: t('volReadyAgain'),
      run: deeds.refresh,
    },
    ...(hasWay
      ? [
          {
            is: (isSaved ? 'yes' : map.is === 'saving' ? 'going' : 'no') as Is,
            text: t('volReadyMap'),
            more:
              map.is === 'saving'
                ? t('volMapSaving', { p: percent, n: map.done, of: map.of })
                : isSaved
                  ? t('volMapSaved', { n: map.of })
                  : isMapOwn && map.is === 'partly'
                    ? t('volMapPartly', { n: Math.max(map.failed, map.of - map.done) })
                    : t('volMapNot'),
            ...(isSaved || map.is === 'saving'
              ? {}
              : { action: t(map.is === 'none' ? 'volMapSave' : 'retry'), run: deeds.saveMap }),
          },
        ]
      : []),
    {
      is: locating === 'on' ? 'yes' : locating === 'asking' ? 'going' : 'no',
      text: t('volReadyPlace'),
      ...(locating === 'refused' ? { more: t('volPlaceRefused') } : {}),
      ...(locating === 'failed' ? { more: t('volNoPlace') } : {}),
      ...(locating === 'on' || locating === 'asking' ? {} : { action: t('volAllow'), run: deeds.locate }),
    },
    {
      is: phone.offline === 'ready' ? 'yes' : 'no',
      text: t('volReadyPage'),
      ...(phone.offline === 'not' ? { more: t('volInApp') } : {}),
    },
    ...(phone.battery === null
      ? []
      : [
          {
            is: (isLow(phone.battery) ? 'no' : 'yes') as Is,
            text: t('volReadyBattery', { p: phone.battery.percent }),
            ...(isLow(phone.battery) ? { more: t('volBatteryLow') } : {}),
          },
        ]),
    {
      is: phone.lasting === 'yes' ? 'yes' : 'no',
      text: t('volReadyLasting'),
      ...(phone.lasting === 'yes'
        ? {}
        : { more: t('volReadyLastingMore'), action: t('volReadyAsk'), run: deeds.keepLasting }),
    },
  ];
  // Some browsers never promise to keep it; that alone keeps nobody at home.
  const open = rows.slice(0, -1).filter(({ is }) => is !== 'yes').length;
  return (
    <section class={`card ready${open === 0 ? ' is-ready' : ''}`}>
      <button type="button" class="ready-sum" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span>{t('volReadyHeading')}</span>
        <b role="status">{open === 0 ? t('volReady') : t('volReadyLeft', { n: open })}</b>
      </button>
      {map.is === 'saving' && (
        <progress max={Math.max(1, map.of)} value={map.done} aria-label={t('volReadyMap')} />
      )}
      {isOpen && (
        <ul class="ready-rows">
          {rows.map(({ is, text, more, action, run }) => (
            <li key={text} class={`is-${is}`}>
              <span class="ready-sign" aria-hidden="true">
                {is === 'yes' ? '✓' : is === 'going' ? '…' : '!'}
              </span>
              <div>
                <p>{text}</p>
                {more !== undefined && <small>{more}</small>}
              </div>
              {action !== undefined && (
                <button type="button" class="button" onClick={run}>
                  {action}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
