// How things of the record are called on the screen.
import type { Credit } from '../ipc/bindings/Credit';
import type { CreditOutcome } from '../ipc/bindings/CreditOutcome';
import type { PackView } from '../ipc/bindings/PackView';
import type { Unit } from '../ipc/bindings/Unit';
import { parse } from './decimal';

/** `1 point`, `2 points`. */
export const points = (amount: string) => `${amount} ${amount === '1' ? 'point' : 'points'}`;

/** `1 credit`, `31 credits`. */
export const count = (number: number, one: string, many = `${one}s`) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** The unit for one: `contact hour`. */
const single = (label: string) => label.replace(/s$/, '');

/** The label without what explains it: `hours (60 minutes)` is printed as `hours`. */
const bare = (label: string) => label.replace(/ \(.*\)$/, '');

/** What a unit is called, in the plural. */
export const unitLabel = (pack: PackView, unit: Unit) =>
  pack.units.find((known) => known.unit === unit)?.label ?? unit.replaceAll('_', ' ') + 's';

/** What a category is called. */
export const categoryLabel = (pack: PackView, id: string) =>
  pack.categories.find((category) => category.id === id)?.label ?? id;

/** The amount as printed: `2.0 contact hours`, `CPR card`; empty if there is none. */
export function printed(credit: Pick<Credit, 'amount' | 'unit'>, pack: PackView): string {
  if (credit.unit === 'cpr_card') return single(unitLabel(pack, 'cpr_card'));
  if (credit.amount === null) return '';
  if (credit.unit === null) return credit.amount;
  const label = bare(unitLabel(pack, credit.unit));
  return `${credit.amount} ${parse(credit.amount) === 10_000 ? single(label) : label}`;
}

/** `2 clinical`, `1 clinical, 1 general`: the counted points by category. */
export function splitWords(split: Readonly<Record<string, string>>, pack: PackView): string {
  return Object.entries(split)
    .map(([id, amount]) => `${amount} ${categoryLabel(pack, id).toLowerCase()}`)
    .join(', ');
}

/** Whose points they are. */
export function approvedBy(outcome: CreditOutcome | undefined, pack: PackView): string {
  if (!outcome || outcome.approved === null) return 'Not sure';
  return outcome.approved ? pack.issuer_short : 'Other';
}

const WAYS: Readonly<Record<string, string>> = {
  online: 'Apply online',
  online_expedited: 'Apply online (expedited)',
  mail: 'Mail your application',
  phone: 'Apply by phone',
};

/** A way of applying: `Mail your application`. */
export const way = (id: string) => WAYS[id] ?? `Apply: ${id.replaceAll('_', ' ')}`;
