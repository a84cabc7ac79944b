// Where the next pieces go, who walks tonight, who is on when, who may be called: each fetched when it is first looked at.
import type { ComponentType } from 'preact';
import type { Part } from '../../../../messages/parts.ts';
import { Skeleton } from '../../panels/parts.tsx';
import { useWords } from '../../panels/planner.ts';
import { useAtDesk } from './context.ts';
import { useFetched } from './fetched.ts';

export function Places() {
  const { can } = useAtDesk();
  return <Fetched open={can.openPlacing} words="placing" />;
}

export function PatrolsPart() {
  const { can } = useAtDesk();
  return <Fetched open={can.openPatrols} words="patrols" />;
}

export function RosterPart() {
  const { can } = useAtDesk();
  return <Fetched open={can.openRoster} words="roster" />;
}

export function RespondersPart() {
  const { can } = useAtDesk();
  return <Fetched open={can.openResponders} words="responders" />;
}

function Fetched(props: { open(): Promise<{ readonly Panel: ComponentType }>; words: Part }) {
  const t = useWords();
  const part = useFetched(props.open, props.words);
  if (part === null) return <Skeleton rows={4} doing="page" />;
  if (part === 'failed') return <p class="note is-fault">{t('deskNotFetched')}</p>;
  return <part.Panel />;
}
