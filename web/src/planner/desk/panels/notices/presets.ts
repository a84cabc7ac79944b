// What a planner is offered to say about a kind of danger, in both languages; to be put in their own words.
import {
  fieldTime,
  type NoticeFields,
  type NoticeKind,
  type Severity,
  type Wording,
} from '../../notices/draft.ts';

export interface Preset {
  readonly severity: Severity;
  readonly zh: Wording;
  readonly en: Wording;
}

const NOTHING: Wording = { title: '', text: '' };

export const PRESETS: Readonly<Record<NoticeKind, Preset>> = {
  heat: {
    severity: 'moderate',
    zh: {
      title: '高温周末，请勿下河游泳',
      text: '周末高温。请勿在河道、水库、池塘游泳，看管好孩子。发现有人落水，请呼救、拨打 110，并取最近的救生器材。',
    },
    en: {
      title: 'Hot weekend: do not swim in rivers and ponds',
      text: 'It will be hot. Do not swim in rivers, reservoirs and ponds, and keep an eye on children. If somebody is in the water, shout, call 110 and fetch the nearest rescue equipment.',
    },
  },
  water_release: {
    severity: 'severe',
    zh: {
      title: '放水，水位将很快上涨',
      text: '上游将放水，水位和流速会突然上升。请离开河滩和堤岸，不要下水取物。',
    },
    en: {
      title: 'Water release: the level will rise quickly',
      text: 'Water will be released upstream; level and current will rise suddenly. Leave the banks and do not go into the water to fetch anything.',
    },
  },
  thin_ice: {
    severity: 'severe',
    zh: {
      title: '冰面很薄，请勿上冰',
      text: '冰层承受不住人。请勿上冰行走、滑冰、钓鱼，看管好孩子。',
    },
    en: {
      title: 'Thin ice: keep off',
      text: 'The ice does not bear people. Do not walk, skate or fish on it, and keep children away.',
    },
  },
  flood: { severity: 'severe', zh: NOTHING, en: NOTHING },
  storm: { severity: 'moderate', zh: NOTHING, en: NOTHING },
  other: { severity: 'minor', zh: NOTHING, en: NOTHING },
};

export const NOTICE_KINDS = Object.keys(PRESETS) as readonly NoticeKind[];
export const SEVERITIES = ['minor', 'moderate', 'severe', 'extreme'] as const;

const DAY_MS = 86_400_000;

/** What a new notice begins with. */
export function offered(now_ms: number): NoticeFields {
  return {
    kind: 'heat',
    ...PRESETS.heat,
    from: fieldTime(now_ms),
    until: fieldTime(now_ms + 2 * DAY_MS),
    villages: [],
    water_bodies: [],
  };
}

/** Another kind: words that somebody has put in their own way stay. */
export function picked(fields: NoticeFields, kind: NoticeKind): NoticeFields {
  const words = (language: 'zh' | 'en') =>
    fields[language] === PRESETS[fields.kind][language] ? PRESETS[kind][language] : fields[language];
  return { ...fields, kind, severity: PRESETS[kind].severity, zh: words('zh'), en: words('en') };
}
