// A work list: what is to be put up and where, for spreadsheets (CSV) and for satellite navigation (GPX 1.1).
import type { Equipment, Kind, LonLat } from '../../../shared/contract.ts';
import { csv, tenth } from '../../../shared/files.ts';
import type { Site } from '../../../shared/placement.ts';
import { apart } from '../../../shared/places.ts';
import type { Key, Words } from '../../../shared/words.ts';
import type { WhatIfs } from '../../scenario.ts';
import { SAME_M } from './answers.ts';
import { kindAt, moversOf, moverTo } from './movers.ts';
import type { Accepted, PlacingState } from './state.ts';

/** One thing to do. */
export interface Task {
  readonly letter: string | null;
  readonly kind: Kind;
  readonly at: LonLat;
  /** The code of the piece that is taken there; `null` for a new one. */
  readonly moves: string | null;
  /** `null` for a what-if that nobody proposed. */
  readonly site: Site | null;
  /** What it stands on; `null` where it does not stand where it was proposed. */
  readonly on: Site['on'] | null;
}

/** Of the what-ifs on the page, or of the proposal where nothing is on the page. */
export function tasksOf(
  { accepted, shown }: PlacingState,
  whatIfs: WhatIfs,
  equipment: readonly Equipment[] = [],
): readonly Task[] {
  const codeOf = (id: string) =>
    equipment.find(({ properties }) => properties.id === id)?.properties.code ?? id;
  if (whatIfs.length === 0) {
    const movers = shown === null ? [] : moversOf(shown.result, equipment);
    return (shown?.result.sites ?? []).map((site) => {
      const mover = moverTo(site, movers);
      const moves = mover && codeOf(mover.id);
      return { letter: null, kind: kindAt(site, mover), at: site.at, moves, site, on: site.on };
    });
  }
  const siteOf = (letter: string) => accepted.find((one: Accepted) => one.letter === letter)?.site ?? null;
  return whatIfs.map(({ letter, kind, at, moves }) => {
    const site = siteOf(letter);
    const on = site !== null && apart(site.at, at) < SAME_M ? site.on : null;
    return { letter, kind, at, moves: moves ? codeOf(moves) : null, site, on };
  });
}

/** Where a phone sees the place: the page itself, looking at it from near. */
export function placeLink(page: string, region: string, [lon, lat]: LonLat): string {
  const link = new URL(page);
  link.hash = `map=17/${lat.toFixed(5)}/${lon.toFixed(5)}&region=${encodeURIComponent(region)}&sel=at:${lon},${lat}`;
  return link.href;
}

const titleOf = ({ letter, site, kind }: Task, t: Words, n: number) =>
  [letter ?? String(n), t(`kind_${kind}` as Key), site?.water_body_name, site?.village_name]
    .filter(Boolean)
    .join(' · ');

export function tasksCsv(tasks: readonly Task[], t: Words): string {
  const head = [
    t('deskSiteColumn_n'),
    t('deskSiteColumn_letter'),
    t('deskSiteColumn_kind'),
    t('deskSiteColumn_lon'),
    t('deskSiteColumn_lat'),
    t('deskSiteColumn_water'),
    t('deskSiteColumn_village'),
    t('deskSiteColumn_side'),
    t('deskSiteColumn_chainage'),
    t('deskSiteColumn_gained'),
    t('deskSiteColumn_reason'),
    t('deskSiteColumn_moved'),
    t('deskSiteColumn_moves'),
    t('deskSiteColumn_on'),
  ];
  return csv(
    head,
    tasks.map(({ letter, kind, at, moves, site, on }, i) => [
      i + 1,
      letter,
      t(`kind_${kind}` as Key),
      at[0],
      at[1],
      site === null ? null : (site.water_body_name ?? site.water_body),
      site === null ? null : (site.village_name ?? site.village),
      site?.side ? t(`deskSiteSide_${site.side}`) : null,
      tenthOr(site?.chainage_m),
      tenthOr(site?.gained_m),
      site?.reason ? t(`deskSiteReason_${site.reason}`) : null,
      tenthOr(site === null ? null : apart(site.at, at)),
      moves,
      on && t(`deskSiteWorkOn_${on}`),
    ]),
  );
}

const tenthOr = (n: number | null | undefined) => (n === null || n === undefined ? null : tenth(n));

/** `from`: where the data is from, and that it is made up where it is. */
export function tasksGpx(tasks: readonly Task[], t: Words, name: string, from: string): string {
  const points = tasks.map((task, i) => {
    const [lon, lat] = task.at;
    const { site, moves, on } = task;
    const said = [
      moves === null ? null : t('deskSiteTakes', { name: moves }),
      site && t('deskSiteGained', { m: t.meters(site.gained_m) }),
      site?.reason && t(`deskSiteReason_${site.reason}`),
      on === 'path' && t('deskSiteOnPath'),
    ].filter(Boolean);
    const words = said.length === 0 ? '' : `<desc>${xml(said.join(' · '))}</desc>`;
    return `<wpt lat="${lat}" lon="${lon}"><name>${xml(titleOf(task, t, i + 1))}</name>${words}</wpt>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gpx version="1.1" creator="zhugan" xmlns="http://www.topografix.com/GPX/1/1">',
    `<metadata><name>${xml(name)}</name><desc>${xml(from)}</desc></metadata>`,
    ...points,
    '</gpx>',
    '',
  ].join('\n');
}

/** What XML cannot say is left out, and what it takes for its own is written otherwise. */
function xml(text: string): string {
  return [...text]
    .filter((c) => c >= ' ' || c === '\t' || c === '\n')
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
