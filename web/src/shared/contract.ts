// What the service takes and answers, as its own description says: `api.gen.ts` is made from `openapi.json`
// (`npm run contract`). Lengths are meters (`_m`), times seconds (`_s`), places [longitude, latitude] in WGS-84.
import type { Feature, FeatureCollection, LineString, Point } from 'geojson';
import type { components } from '../../api.gen.ts';

type Schemas = components['schemas'];

export type LonLat = Schemas['Position'];
export type Bounds = Schemas['Bounds'];

export type Kind = Schemas['Kind'];
/** In the order in which they are offered. */
export const KINDS = [
  'pole',
  'ring',
  'rope',
  'jacket',
  'aed',
  'board',
  'other',
] as const satisfies readonly Kind[];
export type Condition = Schemas['PieceCondition'];

export type Region = Schemas['RegionBody'];
export type Preview = Schemas['ImportBody'];
export type PreviewRow = Preview['rows'][number]['properties'];
/** A column of a file that is a table. */
export type Column = Schemas['ColumnBody'];
export type Doubt = Schemas['DoubtName'];
export type Settings = Schemas['SettingsBody'];
export type BaseMap = Schemas['BaseMap'];

export type Totals = Schemas['CoveredBody'];
export type CoverageRow = Schemas['Row'];
/** As it is answered when rows are asked for, which they always are. */
export type Coverage = Schemas['CoverageBody'] & { rows: CoverageRow[]; elsewhere: Schemas['Elsewhere'] };

export type GapProperties = Schemas['Feature_GapProperties']['properties'];
export type Gap = Feature<LineString, GapProperties>;
export type GapPage = FeatureCollection<LineString, GapProperties> &
  Pick<Schemas['GapsBody'], 'total' | 'next'>;

export type EquipmentProperties = Schemas['Feature_PieceProperties']['properties'];
export type Equipment = Feature<Point, EquipmentProperties>;
export type EquipmentPage = FeatureCollection<Point, EquipmentProperties> &
  Pick<Schemas['EquipmentBody'], 'total' | 'next'>;

export type Crossing = Feature<Point, Schemas['Feature_CrossingProperties']['properties']>;

/** What people are warned of. */
export type Notice = Schemas['NoticeBody'];
export type Notices = Schemas['NoticesBody'];
export type NewNotice = Schemas['NewNoticeRequest'];
/** What is left out stays as it is, and null takes a language away. */
export type NoticeEdit = Schemas['NoticeRequest'];

export type Correction = Schemas['CorrectionBody'];
/** A number of a region that a planner can turn. */
export type Setting = Schemas['SettingBody'];
export type NewCorrection = Schemas['CorrectionRequest'];

export type NearestResult = Schemas['ResultBody'];
export type Nearest = Schemas['NearestBody'];

export type ScenarioRequest = Schemas['ScenarioRequest'];
export type Change = Schemas['ChangeRequest'];
export type ChangedProperties = Schemas['Feature_StretchProperties']['properties'];
export type Placed = Schemas['PlacedBody'];
export type Evaluation = Omit<Schemas['ScenarioBody'], 'changed'> & {
  changed: FeatureCollection<LineString, ChangedProperties>;
};

export type News = Schemas['EventBody'];
export type Problem = Schemas['Problem'];

export type NewPiece = Schemas['NewPieceRequest'];
/** What is left out stays as it is, and null takes away what was said. */
export type PieceEdit = Schemas['PieceRequest'];
export type AuditPage = Schemas['AuditBody'];
export type AuditEntry = Schemas['EntryBody'];
/** The change that took another one back. */
export type Undone = Schemas['UndoneBody'];

export type Water = Pick<
  Schemas['WaterBodyBody'],
  'id' | 'name' | 'kind' | 'risk' | 'mapped_risk' | 'bank_m'
>;

export type RescuePoint = Feature<Point, Schemas['Feature_PointProperties']['properties']>;
export type NewPoint = Schemas['NewPointRequest'];
/** What is left out stays as it is; an empty note is taken away by null. */
export type PointEdit = Schemas['PointRequest'];
/** 四个一: what there is of each. */
export type Four = Schemas['FourBody'];

export type DuePiece = Schemas['DueBody'];
export type DuePage = Pick<Schemas['InspectionsBody'], 'total' | 'overdue' | 'inspections' | 'next'>;

export type Seen = Schemas['Seen'];
export const SEEN = ['missing', 'damaged', 'hazard'] as const satisfies readonly Seen[];
export type NewReport = Schemas['NewReportRequest'];
export type Receipt = Pick<Schemas['ReportReceipt'], 'id' | 'heeded' | 'photo_right'>;
export type Report = Schemas['ReportBody'];
