// What is said of those who may be called in several places.
import { placeText } from '../../../../shared/places.ts';
import type { Key, Words } from '../../../../shared/words.ts';
import { FIELDS, type Field, type Fields, hoursOf } from '../../responders/draft.ts';
import type { DeskFault } from '../../state.ts';
import { faultText } from '../parts.tsx';

/** `18:00–21:00, every day`. */
export function dutyText(t: Words, duty: string): string {
  const hours = hoursOf(duty);
  if (hours !== null) return t('deskResponderHours', { hours: hours.join('–') });
  return t(duty === 'never' ? 'deskResponderDuty_never' : 'deskResponderDuty_always');
}

export const fieldWord = (field: Field): Key => {
  switch (field) {
    case 'name':
    case 'note':
    case 'kind':
    case 'village':
      return `deskField_${field}`;
    default:
      return `deskResponderField_${field}`;
  }
};

export function valueText(t: Words, fields: Fields, field: Field): string {
  switch (field) {
    case 'kind':
      return t(`deskResponderKind_${fields.kind}`);
    case 'travel':
      return t(`deskResponderTravel_${fields.travel}`);
    case 'home':
      return fields.home === null ? '—' : placeText(fields.home);
    case 'duty':
      return dutyText(t, fields.duty);
    default:
      return fields[field] || '—';
  }
}

const KNOWN = ['unknown-responder', 'too-many-responders'];

/** What went wrong; a field that the service does not take is named. */
export function responderFaultText(t: Words, fault: DeskFault): string {
  if (fault.what === 'unreachable') return faultText(t, fault);
  const { kind, why } = fault;
  const field = FIELDS.find((one) => why.startsWith(`${one} `));
  if (kind === 'bad-parameter' && field !== undefined)
    return t('deskResponderFault_bad_parameter', { field: t(fieldWord(field)), why });
  return KNOWN.includes(kind)
    ? t(`deskResponderFault_${kind.replaceAll('-', '_')}` as Key)
    : faultText(t, fault);
}
