// How things of the record are called on the screen.
import type { Basis } from '../ipc/bindings/Basis';
import type { Credit } from '../ipc/bindings/Credit';
import type { CreditOutcome } from '../ipc/bindings/CreditOutcome';
import type { PackView } from '../ipc/bindings/PackView';
import type { Unit } from '../ipc/bindings/Unit';
import { isZero, parse } from './decimal';

/** What a pack counts in, for one and for many. */
type Counts = Pick<PackView, 'counts_one' | 'counts_many'>;

/** `about 20.83` where the number was rounded to print it: then its field stands among the exact ones. */
export const about = (
  number: string,
  { exact }: { exact?: Readonly<Record<string, string>> },
  field: string,
) => (exact?.[field] ? `about ${number}` : number);

/** `1 point`, `2 points`, `2 NHA credits`: in what the pack counts in. */
export const points = (amount: string, pack: Counts) =>
  `${amount} ${amount === '1' ? pack.counts_one : pack.counts_many}`;

/** With a capital letter. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Within a sentence: `Online` becomes `online`, `NHA library` stays. */
export const inner = (text: string) =>
  /^\p{Lu}(\p{Ll}|\s)/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** `1 credit`, `31 credits`. */
export const count = (number: number, one: string, many = `${one}s`) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** `law`, `law and safety`, `law, safety and ethics`. */
export const list = (texts: readonly string[]) =>
  texts.length < 2
    ? texts.join('')
    : `${texts.slice(0, -1).join(', ')} and ${texts[texts.length - 1]}`;

/** The unit for one: `contact hour`. */
const single = (label: string) => label.replace(/s$/, '');

/** The label without what explains it: `hours (60 minutes)` is printed as `hours`. */
const bare = (label: string) => label.replace(/ \(.*\)$/, '');

/** Units as certificates print them, where the pack in view does not know them. */
const UNITS: Readonly<Record<Unit, string>> = {
  aama_ceu: 'AAMA CEUs',
  contact_hour: 'contact hours',
  clock_hour: 'hours (60 minutes)',
  cme_credit: 'CME credits',
  iacet_ceu: 'IACET CEUs',
  ceu: 'CEUs',
  semester_credit: 'college credits (semester)',
  quarter_credit: 'college credits (quarter)',
  cpr_card: 'CPR cards',
  issuer_credit: 'credits of the issuer',
  point: 'points',
};

/** What a unit is called, in the plural. */
export const unitLabel = (pack: Pick<PackView, 'units'>, unit: Unit) =>
  pack.units.find((known) => known.unit === unit)?.label ?? UNITS[unit];

/** Points whose category is not known, as a split names them. */
const UNASSIGNED = 'unassigned';

/** What a category is called. */
export const categoryLabel = (pack: PackView, id: string) =>
  id === UNASSIGNED
    ? 'in no category yet'
    : (pack.categories.find((category) => category.id === id)?.label ?? id);

/** The amount as printed: `2.0 contact hours`, `CPR card`; empty if there is none. */
export function printed(credit: Pick<Credit, 'amount' | 'unit'>, pack: PackView): string {
  if (credit.unit === 'cpr_card') return single(unitLabel(pack, 'cpr_card'));
  if (credit.amount === null) return '';
  if (credit.unit === null) return credit.amount;
  const label = bare(unitLabel(pack, credit.unit));
  return `${credit.amount} ${parse(credit.amount) === 10_000 ? single(label) : label}`;
}

/** The parts of a split, named. A pack without categories has nothing to name. */
export const parts = (split: Readonly<Record<string, string>>, pack: PackView) =>
  Object.entries(split)
    .filter(([id, amount]) => !isZero(amount) && (id !== UNASSIGNED || pack.categories.length > 0))
    .map(([id, amount]) => ({ amount, label: inner(categoryLabel(pack, id)) }));

/** `2 clinical`, `1 clinical, 1 general`: the counted points by category. */
export const splitWords = (split: Readonly<Record<string, string>>, pack: PackView) =>
  parts(split, pack)
    .map(({ amount, label }) => `${amount} ${label}`)
    .join(', ');

/** Whose points they are. */
export function approvedBy(outcome: CreditOutcome | undefined, pack: PackView): string {
  if (!outcome || outcome.approved === null) return 'Not sure';
  return outcome.approved ? pack.issuer_short : 'Other';
}

/** How well a rule is supported. */
export const supported = (basis: Basis, issuer: string) =>
  ({
    official: `${issuer}’s own text`,
    relayed: `${issuer}’s text as passed on by others`,
    inference: `our reading; ${issuer} does not say it in so many words`,
    secondary: 'what a third party says',
  })[basis];

/** A source as a pack names it, taken apart: what it is called, and where it stands. */
export function sourceParts(source: string): { title: string; address: string } {
  const at = source.search(/,? ?https?:\/\//);
  if (at < 0) return { title: source, address: '' };
  return { title: source.slice(0, at), address: source.slice(at).replace(/^,? ?/, '') };
}
