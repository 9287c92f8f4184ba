// A certification as it is asked for: one of three dates is enough.
import type { Credential } from '../../ipc/bindings/Credential';
import type { CredentialInput } from '../../ipc/bindings/CredentialInput';
import type { FieldFault } from '../../ipc/bindings/FieldFault';
import type { PackView } from '../../ipc/bindings/PackView';

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

/** Who issues it, and where: `American Association of Medical Assistants, aama-ntl.org`. */
export const whose = (pack: PackView) => [pack.issuer, pack.place].filter(Boolean).join(', ');

/** Packs that have every word of a search somewhere in name, issuer or place. */
export function found(packs: readonly PackView[], search: string): PackView[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (pack: PackView) => `${pack.name} ${pack.issuer_short} ${whose(pack)}`.toLowerCase();
  return packs.filter((pack) => words.every((word) => text(pack).includes(word)));
}

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
export function startFaults(
  name: string,
  pack: string,
  known: Known | '',
  date: string,
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (!name.trim())
    faults.push({ field: 'name', message: 'write your name as your certification shows it' });
  if (!pack) faults.push({ field: 'pack', message: 'choose the certification you hold' });
  if (!known) faults.push({ field: 'known', message: 'choose the date you have at hand' });
  else if (!date)
    faults.push({ field: known, message: 'give the whole date: day, month and year' });
  return faults;
}
