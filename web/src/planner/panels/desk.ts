// What the register's part of the page adds once it has been fetched: only people who sign in need it.
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { Crossing, Equipment, LonLat } from '../../shared/contract.ts';

export interface Desk {
  /** Whether who is signed in may change this region's register. */
  readonly canPlan: ReadonlySignal<boolean>;
  /** What Undo would take back of the register, in words; `null` while it is the what-ifs' turn. */
  readonly undoing: ReadonlySignal<string | null>;
  readonly redoing: ReadonlySignal<string | null>;
  undo(): void;
  redo(): void;
  readonly Account: ComponentType;
  readonly Dialogs: ComponentType;
  /** The form of the piece that is being edited. */
  readonly Draft: ComponentType;
  readonly Register: ComponentType;
  readonly PieceTools: ComponentType<{ piece: Equipment }>;
  readonly PlaceTools: ComponentType<{ at: LonLat }>;
  readonly CrossingTools: ComponentType<{ crossing: Crossing }>;
}
