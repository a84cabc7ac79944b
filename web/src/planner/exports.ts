// The files that the export menu makes, from the same rows that the panels show.
import type { FeatureCollection } from 'geojson';
import { csv, tenth } from '../shared/files.ts';
import { middleOf } from '../shared/places.ts';
import type { Key, Words } from '../shared/words.ts';
import { evaluationOf, gapRows, nameOfVillage, nameOfWater, villageRowsShown } from './answers.ts';
import { regionOf, type State } from './state.ts';

export function villagesCsv(state: State, t: Words): string {
  const head = [
    t('columnCode'),
    t('village'),
    t('columnBankKm'),
    t('tooFarKm'),
    `${t('share')} (%)`,
    t('equipment'),
  ];
  return csv(
    head,
    villageRowsShown(state).map((row) => [
      row.code,
      row.name,
      Math.round(row.bank_m) / 1000,
      Math.round(row.far_m) / 1000,
      tenth(row.share * 100),
      row.equipment,
    ]),
  );
}

export function gapsCsv(state: State, t: Words): string {
  const head = [
    'id',
    t('columnWater'),
    t('village'),
    t('columnLength'),
    t('columnWorst'),
    t('columnReason'),
    t('columnNearest'),
    t('columnBank'),
    t('columnFrom'),
    t('columnTo'),
    t('columnLon'),
    t('columnLat'),
  ];
  return csv(
    head,
    gapRows(state).map(({ gap: { properties: p, geometry } }) => {
      const [lon, lat] = middleOf(geometry.coordinates);
      return [
        p.id,
        nameOfWater(state, p.water_body),
        nameOfVillage(state, p.village),
        tenth(p.length_m),
        p.worst_reach_m === null ? null : tenth(p.worst_reach_m),
        t(`reason_${p.reason}` as Key),
        p.nearest,
        p.bank,
        tenth(p.from_m),
        tenth(p.to_m),
        lon,
        lat,
      ];
    }),
  );
}

/** The listed stretches, the what-if poles and what they change, with where the data is from. */
export function seenGeojson(state: State): string {
  const seen: FeatureCollection & Record<string, unknown> = {
    type: 'FeatureCollection',
    datum: 'wgs84',
    limit_m: state.limit_m,
    kinds: state.kinds,
    attribution: regionOf(state)?.attribution ?? null,
    illustrative: regionOf(state)?.illustrative ?? null,
    features: [
      ...(state.gaps.value?.features ?? []).map((gap) => ({
        ...gap,
        properties: { ...gap.properties, what: 'gap' },
      })),
      ...state.scenario.whatIfs.map(({ letter, kind, at, moves }) => ({
        type: 'Feature' as const,
        properties: { what: 'what_if', letter, kind, ...(moves ? { moves } : {}) },
        geometry: { type: 'Point' as const, coordinates: at },
      })),
      ...(evaluationOf(state)?.changed.features ?? []).map((stretch) => ({
        ...stretch,
        properties: { ...stretch.properties, what: 'change' },
      })),
    ],
  };
  return `${JSON.stringify(seen)}\n`;
}

const FILES = { villages: 'csv', gaps: 'csv', geojson: 'geojson', png: 'png' } as const;

export function fileName(state: State, what: keyof typeof FILES): string {
  return `zhugan-${state.region ?? 'region'}-${what}-${state.limit_m}m.${FILES[what]}`;
}
