// What the map is to show of the state: the scene, with parts that stay the same object while they say the same.

import type { Scene } from '../map/scene.ts';
import { tileAddress } from '../shared/api.ts';
import type { Equipment, LonLat } from '../shared/contract.ts';
import { wordsIn } from '../shared/words.ts';
import { chosenGap, chosenPiece, evaluationOf, villageRows, warn_m } from './answers.ts';
import { regionOf, type State } from './state.ts';

/** Computes again only when one of its inputs is another object. */
function kept<I extends readonly unknown[], O>(make: (...inputs: I) => O): (...inputs: I) => O {
  let last: { inputs: I; output: O } | null = null;
  return (...inputs) => {
    const isSame = last?.inputs.every((input, i) => Object.is(input, inputs[i])) ?? false;
    if (last === null || !isSame) last = { inputs, output: make(...inputs) };
    return last.output;
  };
}

const NOTHING: Scene['changed'] = [];

/** On the pin of the piece that is being edited, where the what-ifs have their letters. */
export const MARK = '✎';

export function sceneMaker(): (state: State, covered_px: number) => Scene {
  const tiles = kept((region: ReturnType<typeof regionOf>, any: boolean, returns: number): Scene['tiles'] =>
    region?.state !== 'ready' || region.bounds === null
      ? null
      : {
          region: region.id,
          address: tileAddress(region, any),
          attribution: region.attribution ?? '',
          bounds: region.bounds,
          returns,
        },
  );
  const villages = kept(
    (
      _coverage: unknown,
      _evaluated: unknown,
      _before: unknown,
      language: State['language'],
      state: () => State,
    ) => {
      const t = wordsIn(language);
      return new Map(
        villageRows(state()).map((row) => [row.id, { share: row.share, text: t.percent(row.share) }]),
      );
    },
  );
  const pins = kept(
    (
      whatIfs: State['scenario']['whatIfs'],
      letter: string | null,
      isPending: boolean,
      marked: State['marked'],
      sketch: State['sketch'],
      language: State['language'],
    ): Scene['pins'] => {
      const t = wordsIn(language);
      const tried = whatIfs.map((whatIf) => ({
        letter: whatIf.letter,
        label: t('whatIfLong', { letter: whatIf.letter }),
        at: whatIf.at,
        is_chosen: whatIf.letter === letter,
        is_pending: isPending,
      }));
      const corners = (sketch?.line ?? []).map((at, i, line) => ({
        letter: String(i + 1),
        label: t('deskCorner', { n: i + 1 }),
        at,
        is_chosen: i === line.length - 1,
        is_pending: false,
      }));
      if (corners.length > 0) return [...tried, ...corners];
      if (marked === null) return tried;
      const mark = { letter: MARK, label: t('markLong'), at: marked, is_chosen: true, is_pending: false };
      return [...tried, mark];
    },
  );
  const sketched = kept((sketch: State['sketch']): Scene['route'] => {
    const [first, ...others] = sketch?.line ?? [];
    if (first === undefined || others.length === 0) return null;
    return [first, ...others, ...(sketch?.is_ring ? [first] : [])];
  });
  const gapLine = kept((coordinates: Scene['gap']) => coordinates);
  const pieceAt = kept(
    (piece: Equipment | null) => (piece?.geometry.coordinates as LonLat | undefined) ?? null,
  );
  let current: State;
  let shades: Scene['villages'] = new Map();
  const now = () => current;
  return (state, covered_px) => {
    current = state;
    const { selection, shows_before } = state;
    // The villages' numbers are drawn by the map itself, which is slow: under a dragged pole they wait for the hand.
    if (state.scenario.held === null) {
      shades = villages(state.coverage.value, state.evaluated, shows_before, state.language, now);
    }
    const letter = selection?.what === 'whatIf' ? selection.letter : null;
    const evaluation = shows_before ? null : evaluationOf(state);
    const first = state.nearest.value?.results[0];
    return {
      tiles: tiles(regionOf(state), state.any_condition, state.returns),
      base: regionOf(state)?.base_map ?? null,
      limit_m: state.limit_m,
      warn_m: warn_m(state),
      kinds: state.kinds,
      layers: state.layers,
      opacity_pct: state.opacity_pct,
      villages: shades,
      village: state.village,
      hovered: state.hovered,
      pins: pins(
        state.scenario.whatIfs,
        letter,
        state.evaluating.is_slow || state.evaluating.fault !== null,
        state.marked,
        state.sketch,
        state.language,
      ),
      changed: evaluation?.changed.features ?? NOTHING,
      proposed: state.proposed,
      changed_since_ms: state.evaluated?.since_ms ?? null,
      gap: gapLine(chosenGap(state)?.gap.geometry.coordinates ?? null),
      place: selection?.what === 'place' ? selection.at : null,
      piece: pieceAt(chosenPiece(state)),
      route: sketched(state.sketch) ?? first?.line ?? null,
      straight: first?.straight_line ?? null,
      aim: state.aim,
      camera: state.camera,
      is_placing: state.mode.what !== 'look',
      covered_px,
    };
  };
}
