// Small pieces that the register's panels are made of: a field with its label, what went wrong, who may do what.
import '../words.ts';
import { cloneElement, type VNode } from 'preact';
import { useId } from 'preact/hooks';
import { type Grant, ROLES } from '../../../shared/accounts.ts';
import type { Key, Words } from '../../../shared/words.ts';
import { nameIn } from '../../../shared/words.ts';
import { usePart, useWords } from '../../panels/planner.ts';
import type { Deed, DeskFault } from '../state.ts';
import { useDeskPart } from './context.ts';

/** The problems that have words of their own; of others the service's are shown. */
const KNOWN = [
  'not-signed-in',
  'not-allowed',
  'wrong-password',
  'too-many-attempts',
  'weak-password',
  'bad-name',
  'name-taken',
  'unknown-invitation',
  'changed-since',
  'changed-meanwhile',
  'report-decided',
  'not-undoable',
  'outside-region',
  'not-kept',
  'unknown-equipment',
  'nothing-there',
  'warns-too-soon',
  'cannot-draw',
  'other-files',
  'unknown-rescue-point',
  'at-other-point',
  'off-bank',
  'last-administrator',
  'too-many',
  'notice-withdrawn',
  'too-many-notices',
  'bad-notice',
  'changed-too-often',
  'unknown-webhook',
  'too-many-webhooks',
];

export function faultText(t: Words, fault: DeskFault): string {
  if (fault.what === 'unreachable') return t('deskUnreachable');
  if (!KNOWN.includes(fault.kind)) return t('refused', { why: fault.why });
  const time = t.duration(fault.retry_after_s ?? 60);
  return t(`deskFault_${fault.kind.replaceAll('-', '_')}` as Key, { time });
}

/** What went wrong with a deed, where it was tried. */
export function Wrong({ deeds, about = null }: { deeds: readonly Deed[]; about?: string | null }) {
  const t = useWords();
  const wrong = useDeskPart((s) => s.fault);
  const isHere = wrong !== null && deeds.includes(wrong.deed) && wrong.about === about;
  return (
    <div role="alert">{isHere && <p class="note is-fault desk-wrong">{faultText(t, wrong.fault)}</p>}</div>
  );
}

/** A label above what is filled in, and what one should know about it below. */
export function Field(props: { label: string; hint?: string; children: VNode<{ id?: string }> }) {
  const id = useId();
  const described = props.hint === undefined ? {} : { 'aria-describedby': `${id}-hint` };
  return (
    <div class="desk-field">
      <label for={id}>{props.label}</label>
      {cloneElement(props.children, { id, ...described })}
      {props.hint !== undefined && <small id={`${id}-hint`}>{props.hint}</small>}
    </div>
  );
}

export function TextField(props: {
  label: string;
  hint?: string;
  type?: 'text' | 'password';
  autocomplete: 'username' | 'current-password' | 'new-password' | 'off';
  value: string;
  maxLength?: number;
  /** Where one begins to type when the dialog opens. */
  isFirst?: boolean;
  give(text: string): void;
}) {
  const { value, autocomplete, maxLength = 256 } = props;
  const first = props.isFirst ? { 'data-first': '' } : {};
  const shared = { autocomplete, value, maxLength, required: true, spellcheck: false, ...first };
  const onInput = (e: { currentTarget: HTMLInputElement }) => props.give(e.currentTarget.value);
  return (
    <Field label={props.label} {...(props.hint === undefined ? {} : { hint: props.hint })}>
      {props.type === 'password' ? (
        <input type="password" {...shared} onInput={onInput} />
      ) : (
        <input type="text" autocapitalize="none" {...shared} onInput={onInput} />
      )}
    </Field>
  );
}

/** `planner, Liechtenstein`. */
export function useGrantText(): (grant: Grant) => string {
  const t = useWords();
  const regions = usePart((s) => s.regions.value);
  return ({ role, region }) => {
    const known = ROLES.includes(role) ? t(`deskRole_${role}`) : role;
    const names = regions?.find((one) => one.id === region)?.name;
    const where = region === null ? t('deskAllRegions') : names ? nameIn(t.language, names) : region;
    return t('deskGrant', { role: known, where });
  };
}
