// Opens the part of the register that says who is on which evening; it lives on while one looks at other things.
import './words.ts';
import type { ComponentType } from 'preact';
import { type RosterApi, rosterApi } from '../../../shared/roster.ts';
import { regionOf } from '../../state.ts';
import { partStore } from '../opened.ts';
import { RosterContext } from '../panels/roster/context.ts';
import { Roster } from '../panels/roster/Roster.tsx';
import { todayIn } from './days.ts';
import { type RosterHands, rosterDeeds } from './effects.ts';
import { next } from './next.ts';
import { nothingKnown } from './state.ts';

export interface OpenedRoster {
  readonly Panel: ComponentType;
}

export function openRoster(hands: RosterHands, api: RosterApi = rosterApi): OpenedRoster {
  const zone = regionOf(hands.planner.state.peek())?.settings?.time_zone;
  const store = partStore(nothingKnown(todayIn(zone)), next);
  const deeds = rosterDeeds(store, hands, api);
  deeds.watch();
  return {
    Panel: () => (
      <RosterContext.Provider value={{ state: store.state, can: deeds }}>
        <Roster />
      </RosterContext.Provider>
    ),
  };
}
