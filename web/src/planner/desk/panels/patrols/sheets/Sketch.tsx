// A team's way as a sketch on paper: north is up, stretches are thick and numbered, the way between them is thin.
import type { Team } from '../../../../../shared/patrols.ts';
import { apart, boundsOf } from '../../../../../shared/places.ts';
import { useWords } from '../../../../panels/planner.ts';

const WIDTH = 700;
const MOST_HEIGHT = 420;
const LEAST_HEIGHT = 160;
const MARGIN = 26;
/** So far apart numbers are at least. */
const APART = 19;
/** Lengths that a scale may show, meters. */
const SCALES_M = [50, 100, 200, 500, 1000, 2000, 5000] as const;

export function Sketch({ team, label }: { team: Team; label: string }) {
  const t = useWords();
  const bounds = boundsOf([team.line]);
  if (bounds === null) return null;
  const [west, south, east, north] = bounds;
  const middle = (south + north) / 2;
  const wide_m = Math.max(1, apart([west, middle], [east, middle]));
  const high_m = Math.max(1, apart([west, south], [west, north]));
  const scale = Math.min((WIDTH - 2 * MARGIN) / wide_m, (MOST_HEIGHT - 2 * MARGIN) / high_m);
  const height = Math.max(LEAST_HEIGHT, high_m * scale + 2 * MARGIN);
  const x = (lon: number) => WIDTH / 2 + ((lon - (west + east) / 2) / (east - west || 1)) * wide_m * scale;
  const y = (lat: number) => height / 2 - ((lat - middle) / (north - south || 1)) * high_m * scale;
  const points = (line: readonly number[][]) =>
    line.map(([lon = 0, lat = 0]) => `${x(lon).toFixed(1)},${y(lat).toFixed(1)}`).join(' ');
  const bar_m = SCALES_M.findLast((m) => m * scale <= WIDTH / 4) ?? SCALES_M[0];
  const [startLon = 0, startLat = 0] = team.start;
  // Numbers that would lie on each other are left out: those around them tell the order.
  const numbers: { rank: number; at: readonly [number, number] }[] = [];
  for (const { rank, line } of team.stops) {
    const [lon = 0, lat = 0] = line[Math.floor(line.length / 2)] ?? [];
    const at = [x(lon), y(lat)] as const;
    if (numbers.every((one) => Math.hypot(one.at[0] - at[0], one.at[1] - at[1]) >= APART)) {
      numbers.push({ rank, at });
    }
  }
  return (
    <svg class="team-sketch" role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${height.toFixed(0)}`}>
      <polyline points={points(team.line)} class="way" />
      {team.stops.map((stop) => (
        <polyline key={stop.rank} points={points(stop.line)} class="stretch" />
      ))}
      {numbers.map(({ rank, at: [left, top] }) => (
        <g key={rank} transform={`translate(${left.toFixed(1)} ${top.toFixed(1)})`}>
          <circle r="8" />
          <text y="3.5">{rank}</text>
        </g>
      ))}
      <path class="start" d={`M${x(startLon).toFixed(1)} ${y(startLat).toFixed(1)}m0 -9l8 15h-16z`} />
      <path class="north" d="M20 14l6 16l-6 -4l-6 4z" />
      <text x="20" y="42">
        {t('deskSheetNorth')}
      </text>
      <path class="bar" d={`M${WIDTH - MARGIN} ${height - 12}h-${(bar_m * scale).toFixed(1)}`} />
      <text x={WIDTH - MARGIN - (bar_m * scale) / 2} y={height - 17}>
        {t.meters(bar_m)}
      </text>
    </svg>
  );
}
