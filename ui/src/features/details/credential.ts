// A certification as it is asked for: one of three dates is enough.
import type { Credential } from '../../ipc/bindings/Credential';
import type { CredentialInput } from '../../ipc/bindings/CredentialInput';
import type { FieldFault } from '../../ipc/bindings/FieldFault';

/** The date she has at hand. */
export type Known = 'certified_on' | 'recertified_on' | 'expires_on';

export const KNOWN: readonly { value: Known; label: string; hint: string }[] = [
  {
    value: 'certified_on',
    label: 'The day I was certified',
    hint: 'If you have not recertified since.',
  },
  { value: 'recertified_on', label: 'The day I last recertified', hint: 'The latest one counts.' },
  {
    value: 'expires_on',
    label: 'The expiry date on my card',
    hint: 'The printed date always wins.',
  },
];

/** An empty certification. */
export const blank = (pack: string): CredentialInput => ({
  pack,
  certified_on: '',
  recertified_on: '',
  expires_on: '',
  expires_reason: '',
});

/** The kept certification as it would be typed in. */
export const asTyped = (credential: Credential): CredentialInput => ({
  pack: credential.pack,
  certified_on: credential.certified_on ?? '',
  recertified_on: credential.recertified_on ?? '',
  expires_on: credential.expires_on ?? '',
  expires_reason: credential.expires_reason ?? '',
});

/** A certification known by one date only. */
export const knownBy = (pack: string, known: Known, date: string): CredentialInput => ({
  ...blank(pack),
  [known]: date,
});

/** What must be there before the record can be started. */
export function startFaults(name: string, known: Known | '', date: string): FieldFault[] {
  const faults: FieldFault[] = [];
  if (!name.trim())
    faults.push({ field: 'name', message: 'write your name as your certification shows it' });
  if (!known) faults.push({ field: 'known', message: 'choose the date you have at hand' });
  else if (!date)
    faults.push({ field: known, message: 'give the whole date: day, month and year' });
  return faults;
}
