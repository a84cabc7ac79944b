// A stretch by its name: shown on the map when it is pressed.

import type { Position } from 'geojson';
import type { ComponentChildren } from 'preact';
import { boundsOf } from '../../../../shared/places.ts';
import { usePlanner } from '../../../panels/planner.ts';

export function ShowLink(props: { line: readonly Position[]; label?: string; children: ComponentChildren }) {
  const { dispatch } = usePlanner();
  const bounds = boundsOf([props.line]);
  return (
    <button
      type="button"
      class="link"
      aria-label={props.label}
      onClick={() => bounds !== null && dispatch({ is: 'waterPicked', bounds })}
    >
      {props.children}
    </button>
  );
}
