// A credit as the form holds it, and what goes over the wire for it.
import type { AwardInput } from '../../ipc/bindings/AwardInput';
import type { Credit } from '../../ipc/bindings/Credit';
import type { CreditInput } from '../../ipc/bindings/CreditInput';
import type { IssuerTranscript } from '../../ipc/bindings/IssuerTranscript';
import type { Kind } from '../../ipc/bindings/Kind';
import type { PackView } from '../../ipc/bindings/PackView';
import type { SessionInput } from '../../ipc/bindings/SessionInput';
import type { Status } from '../../ipc/bindings/Status';
import type { Unit } from '../../ipc/bindings/Unit';
import { parse, sum } from '../../lib/decimal';
import { capital } from '../../lib/words';

/** The choices in the first row of the form. Each stands for one kind or several. */
export type Sort = 'course' | 'online' | 'college' | 'cpr_card' | 'opening_balance' | 'other';

export const SORT: Readonly<Record<Kind, Sort>> = {
  course: 'course',
  workshop: 'course',
  seminar: 'course',
  conference: 'course',
  online: 'online',
  college: 'college',
  cpr_card: 'cpr_card',
  opening_balance: 'opening_balance',
  authoring: 'other',
  teaching: 'other',
  employment: 'other',
  in_service: 'other',
  other: 'other',
};

export const OTHERS: readonly { kind: Kind; label: string }[] = [
  { kind: 'other', label: 'Something else' },
  { kind: 'in_service', label: 'Training by my employer' },
  { kind: 'authoring', label: 'Writing an article, chapter or book' },
  { kind: 'teaching', label: 'Teaching or presenting' },
  { kind: 'employment', label: 'Time in employment' },
];

/** One category, several, or not known yet. */
export const SEVERAL = 'several';
export const UNKNOWN = 'unknown';

/** Who approved it, where it is nobody whose approval makes a difference to her, or not known. Not answered is not sure. */
export const OTHER = 'other';
export const UNSURE = 'unsure';

/** How an amount divides, as the form holds it. */
export interface Part {
  category: string;
  /** Amounts by category while there are several: `1.5`, `60%` or `90 min`. */
  amounts: Record<string, string>;
}

/** A further amount, as the form holds it. */
export type Further = Omit<AwardInput, 'unit'> & { unit: Unit | '' };

export interface Fields extends Part {
  title: string;
  provider: string;
  provider_number: string;
  kind: Kind;
  started_on: string;
  completed_on: string;
  expires_on: string;
  amount: string;
  unit: Unit | '';
  /** An issuer's id, `other`, `unsure`, or empty. */
  approver: string;
  /** The other body that approved it, as she wrote it. */
  otherApprover: string;
  /** Pack to how the amount divides by that pack's own categories. */
  splits: Record<string, Part>;
  awards: Further[];
  sessions: SessionInput[];
  tags: string[];
  issuer_transcript: IssuerTranscript | '';
  formal_credit: 'yes' | 'no' | '';
  status: Status;
  description: string;
  /** Kept as they are: the form does not ask for them. */
  minutes: string;
  format: string;
  relevance: string;
  name_on_certificate: string;
}

/** The form for a new credit. */
export const blank = (): Fields => ({
  title: '',
  provider: '',
  provider_number: '',
  kind: 'course',
  started_on: '',
  completed_on: '',
  expires_on: '',
  amount: '',
  unit: '',
  approver: '',
  otherApprover: '',
  category: '',
  amounts: {},
  splits: {},
  awards: [],
  sessions: [],
  tags: [],
  issuer_transcript: '',
  formal_credit: '',
  status: 'completed',
  description: '',
  minutes: '',
  format: '',
  relevance: '',
  name_on_certificate: '',
});

/** Nothing said about categories. */
export const NO_PART: Part = { category: UNKNOWN, amounts: {} };

/** The form with room for the categories of all her certifications. */
export const roomFor = (fields: Fields, inOrder: readonly PackView[]): Fields => ({
  ...fields,
  splits: {
    ...Object.fromEntries(
      dividing(inOrder)
        .slice(1)
        .map(({ id }) => [id, { ...NO_PART, amounts: {} }]),
    ),
    ...fields.splits,
  },
});

export const noFurther = (): Further => ({ amount: '', unit: '', approver: '', number: '' });
export const noSession = (): SessionInput => ({ title: '', amount: '', category: '', on: '' });

/** The form for a kept credit. */
export function asFields(credit: Credit, packs: readonly PackView[]): Fields {
  const approver = approverOf(credit, packs);
  const known = approver === UNSURE || issuers(packs).some(({ id }) => id === approver);
  const parts = Object.entries(credit.splits).map(([pack, split]) => [pack, asPart(split)]);
  return {
    ...asPart(credit.split),
    title: credit.title,
    provider: credit.provider ?? '',
    provider_number: credit.provider_number ?? '',
    kind: credit.kind,
    started_on: credit.started_on ?? '',
    completed_on: credit.completed_on ?? '',
    expires_on: credit.expires_on ?? '',
    amount: credit.amount ?? '',
    unit: credit.unit ?? '',
    approver: known ? approver : OTHER,
    otherApprover: known ? '' : approver,
    splits: Object.fromEntries(parts) as Record<string, Part>,
    awards: credit.awards.map((award) => ({
      amount: award.amount,
      unit: award.unit,
      approver: award.approver ?? '',
      number: award.number ?? '',
    })),
    sessions: credit.sessions.map((session) => ({
      title: session.title,
      amount: session.amount,
      category: session.category ?? '',
      on: session.on ?? '',
    })),
    tags: [...credit.tags],
    issuer_transcript: credit.issuer_transcript ?? '',
    formal_credit: credit.formal_credit === null ? '' : credit.formal_credit ? 'yes' : 'no',
    status: credit.status,
    description: credit.description ?? '',
    minutes: credit.minutes === null ? '' : String(credit.minutes),
    format: credit.format ?? '',
    relevance: credit.relevance ?? '',
    name_on_certificate: credit.name_on_certificate ?? '',
  };
}

function asPart(split: Readonly<Record<string, string>>): Part {
  const categories = Object.keys(split);
  const category = categories.length > 1 ? SEVERAL : (categories[0] ?? UNKNOWN);
  return { category, amounts: { ...split } };
}

/** What the form says, in the wire's words. Cards and points already shown fill in what is not asked. */
export function asInput(
  fields: Fields,
  id: string | null,
  status: Status,
  packs: readonly PackView[],
): CreditInput {
  const typed: CreditInput = {
    id,
    title: fields.title.trim(),
    provider: fields.provider.trim(),
    provider_number: fields.provider_number.trim(),
    kind: fields.kind,
    started_on: fields.started_on,
    completed_on: fields.completed_on,
    expires_on: fields.kind === 'cpr_card' ? fields.expires_on : '',
    amount: fields.amount.trim(),
    unit: fields.unit || null,
    approver: fields.approver === OTHER ? fields.otherApprover.trim() : fields.approver || UNSURE,
    awards: fields.awards.map((award) => ({ ...award, unit: award.unit || null })),
    split: split(fields, fields.amount),
    splits: splits(fields),
    sessions: fields.sessions.map((session) => ({ ...session })),
    minutes: fields.minutes,
    format: fields.format,
    tags: [...fields.tags],
    issuer_transcript: asksTranscript(fields, packs) ? fields.issuer_transcript || null : null,
    formal_credit: fields.formal_credit === '' ? null : fields.formal_credit === 'yes',
    status,
    description: fields.description.trim(),
    relevance: fields.relevance.trim(),
    name_on_certificate: fields.name_on_certificate.trim(),
  };
  if (fields.kind === 'cpr_card') {
    return {
      ...typed,
      started_on: '',
      amount: '1',
      unit: 'cpr_card',
      approver: '',
      split: {},
      splits: {},
    };
  }
  const shower = showing(fields, packs);
  if (fields.kind === 'opening_balance' && shower) {
    return {
      ...typed,
      title: openingTitle(fields, shower),
      provider: '',
      provider_number: '',
      started_on: '',
      unit: openingUnit(shower),
      approver: shower.approver,
      issuer_transcript: 'posted',
    };
  }
  return typed;
}

function split(part: Part, whole: string): Record<string, string> {
  if (part.category === SEVERAL) {
    const amounts = Object.entries(part.amounts).map(([id, amount]) => [id, amount.trim()]);
    return Object.fromEntries(amounts.filter(([, amount]) => amount));
  }
  const amount = whole.trim();
  return part.category && part.category !== UNKNOWN && amount ? { [part.category]: amount } : {};
}

const splits = (fields: Fields) =>
  Object.fromEntries(
    Object.entries(fields.splits)
      .map(([pack, part]) => [pack, split(part, fields.amount)] as const)
      .filter(([, parts]) => Object.keys(parts).length > 0),
  );

/** The issuer whose transcript shows points already: the one named, or the one looked at. */
export const showing = (fields: Fields, packs: readonly PackView[]) =>
  packs.find((pack) => pack.approver === fields.approver) ?? packs[0];

function openingTitle(fields: Fields, pack: PackView): string {
  const category = pack.categories.find((category) => category.id === fields.category);
  const what = alreadyShown(pack);
  return category ? `${what}: ${category.label.toLowerCase()}` : what;
}

/** `Points AAMA already shows`. */
export const alreadyShown = (pack: PackView) =>
  `${capital(pack.counts_many)} ${pack.issuer_short} already shows`;

function openingUnit(pack: PackView): Unit {
  const knows = (unit: Unit) => pack.units.some((known) => known.unit === unit);
  return knows('point') || !knows('issuer_credit') ? 'point' : 'issuer_credit';
}

/** Whose approval makes a difference to any of her certifications, each once. */
export function issuers(packs: readonly PackView[]): { id: string; label: string }[] {
  const all = packs.flatMap((pack) => [
    { id: pack.approver, label: pack.issuer_short },
    ...pack.approvers.filter(({ id }) => id !== pack.approver),
  ]);
  return each(all, ({ id }) => id);
}

/** Each once, as it comes first. */
const each = <T>(all: readonly T[], id: (one: T) => string) =>
  all.filter((one, index) => all.findIndex((other) => id(other) === id(one)) === index);

/** Who approved a kept credit. An issuer goes by several names, and its own unit is printed on nothing else. */
function approverOf(credit: Credit, packs: readonly PackView[]): string {
  const written = credit.approver?.trim() ?? '';
  const plain = written.toLowerCase();
  const own = packs.find((pack) =>
    written
      ? [pack.approver, pack.issuer_short, pack.issuer].some((name) => name.toLowerCase() === plain)
      : pack.units.some(({ unit, own }) => own && unit === credit.unit),
  );
  if (own) return own.approver;
  return plain === UNSURE ? plain : written;
}

/** Whether an issuer's own transcript can show the credit at all. */
export const asksTranscript = (fields: Fields, packs: readonly PackView[]) =>
  fields.kind === 'cpr_card'
    ? packs.some((pack) => pack.units.some(({ unit }) => unit === 'cpr_card'))
    : fields.kind !== 'opening_balance' && packs.some((pack) => pack.approver === fields.approver);

/** The units a kind of activity is certified in; a unit already chosen stays. */
export function unitsFor(fields: Pick<Fields, 'kind' | 'unit'>, packs: readonly PackView[]) {
  const college = (unit: Unit) => unit === 'semester_credit' || unit === 'quarter_credit';
  return units(packs).filter(
    ({ unit }) =>
      unit === fields.unit ||
      (unit !== 'cpr_card' && (fields.kind === 'college' ? college(unit) : !college(unit))),
  );
}

/** Every unit that any of her certifications knows, as the first that knows it calls it. */
const units = (packs: readonly PackView[]) =>
  each(
    packs.flatMap((pack) => pack.units),
    ({ unit }) => unit,
  );

/** Topics that any of her certifications speaks of. */
export const topics = (packs: readonly PackView[]) =>
  each(
    packs.flatMap((pack) => pack.tags),
    ({ id }) => id,
  );

/** The rules that divide by category: the first in her order, and those that divide otherwise than it. */
export function dividing(packs: readonly PackView[]): PackView[] {
  const ids = (pack: PackView) =>
    pack.categories
      .map(({ id }) => id)
      .sort()
      .join();
  const divided = packs.filter((pack) => pack.categories.length > 0);
  return divided.filter((pack, index) => index === 0 || ids(pack) !== ids(divided[0] ?? pack));
}

/** What the parts of an amount add up to, in the words they are written in; empty while they are written in several. */
export function together(amounts: readonly string[], whole: string): string {
  const written = amounts.map((amount) => amount.trim()).filter(Boolean);
  const all = (suffix: RegExp) => written.length > 0 && written.every((text) => suffix.test(text));
  const total = (suffix: RegExp) => sum(written.map((text) => text.replace(suffix, '')));
  const percent = /\s*%$/;
  const minutes = /\s*min(utes)?$/;
  if (all(percent)) return `${total(percent)}% of 100%`;
  if (all(minutes)) return `${total(minutes)} minutes`;
  if (written.some((text) => percent.test(text) || minutes.test(text))) return '';
  return parse(whole) === null ? sum(written) : `${sum(written)} of ${whole.trim()}`;
}

/** Providers of earlier credits, each once, in alphabetical order. */
export const providers = (credits: readonly Credit[]) =>
  [...new Set(credits.flatMap((credit) => credit.provider ?? []))].sort((a, b) =>
    a.localeCompare(b, 'en'),
  );

/** Whether two forms say the same. */
export const same = (a: Fields, b: Fields) => JSON.stringify(a) === JSON.stringify(b);
