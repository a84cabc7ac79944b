// What is told to people at the water, and why an evening cannot be taken over.
import type { Pack } from '../../../shared/duty.ts';
import type { Key, Words } from '../../../shared/words.ts';
import type { Fault } from '../../state.ts';
import { faultText } from '../texts.ts';

/** Line by line; the region may say it in its own words. */
export const reminderOf = (t: Words, pack: Pack | null): readonly string[] =>
  (pack?.reminder[t.language] ?? t('volReminderUsual')).split(/\n+/);

const KNOWN: readonly string[] = ['not-handed-over', 'already-on'];

export const takeOverFault = (t: Words, fault: Fault): string =>
  fault.what === 'refused' && KNOWN.includes(fault.kind)
    ? t(`volTakeFault_${fault.kind.replaceAll('-', '_')}` as Key)
    : faultText(t, fault);
