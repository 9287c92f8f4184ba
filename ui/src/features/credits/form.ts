// A credit as the form holds it, and what goes over the wire for it.
import type { Credit } from '../../ipc/bindings/Credit';
import type { CreditInput } from '../../ipc/bindings/CreditInput';
import type { IssuerTranscript } from '../../ipc/bindings/IssuerTranscript';
import type { Kind } from '../../ipc/bindings/Kind';
import type { PackView } from '../../ipc/bindings/PackView';
import type { Status } from '../../ipc/bindings/Status';
import type { Unit } from '../../ipc/bindings/Unit';

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

/** What she answers to “does the certificate say it is approved”. Not answered is not sure. */
export type Approved = 'yes' | 'no' | 'unsure' | '';

/** One category, several, or not known yet. */
export const SEVERAL = 'several';
export const UNKNOWN = 'unknown';

export interface Fields {
  title: string;
  provider: string;
  provider_number: string;
  kind: Kind;
  started_on: string;
  completed_on: string;
  expires_on: string;
  amount: string;
  unit: Unit | '';
  approved: Approved;
  /** The other body that approved it, kept as it was. */
  otherApprover: string;
  category: string;
  /** Amounts by category while there are several. */
  amounts: Record<string, string>;
  issuer_transcript: IssuerTranscript | '';
  formal_credit: 'yes' | 'no' | '';
  status: Status;
  description: string;
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
  approved: '',
  otherApprover: '',
  category: '',
  amounts: {},
  issuer_transcript: '',
  formal_credit: '',
  status: 'completed',
  description: '',
});

/** The form for a kept credit. */
export function asFields(credit: Credit, pack: PackView): Fields {
  const approver = approverOf(credit, pack);
  const categories = Object.keys(credit.split);
  return {
    title: credit.title,
    provider: credit.provider ?? '',
    provider_number: credit.provider_number ?? '',
    kind: credit.kind,
    started_on: credit.started_on ?? '',
    completed_on: credit.completed_on ?? '',
    expires_on: credit.expires_on ?? '',
    amount: credit.amount ?? '',
    unit: credit.unit ?? '',
    approved: approver === pack.approver ? 'yes' : approver === 'unsure' ? 'unsure' : 'no',
    otherApprover: approver === pack.approver || approver === 'unsure' ? '' : approver,
    category: categories.length > 1 ? SEVERAL : (categories[0] ?? UNKNOWN),
    amounts: { ...credit.split },
    issuer_transcript: credit.issuer_transcript ?? '',
    formal_credit: credit.formal_credit === null ? '' : credit.formal_credit ? 'yes' : 'no',
    status: credit.status,
    description: credit.description ?? '',
  };
}

const APPROVED: Readonly<Record<Approved, (fields: Fields, pack: PackView) => string>> = {
  yes: (_, pack) => pack.approver,
  no: (fields) => fields.otherApprover,
  unsure: () => 'unsure',
  '': () => 'unsure',
};

/** What the form says, in the wire's words. Cards and points already shown fill in what is not asked. */
export function asInput(
  fields: Fields,
  id: string | null,
  status: Status,
  pack: PackView,
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
    approver: APPROVED[fields.approved](fields, pack),
    split: split(fields),
    issuer_transcript: asksTranscript(fields) ? fields.issuer_transcript || null : null,
    formal_credit: fields.formal_credit === '' ? null : fields.formal_credit === 'yes',
    status,
    description: fields.description.trim(),
  };
  if (fields.kind === 'cpr_card') {
    return { ...typed, started_on: '', amount: '1', unit: 'cpr_card', approver: '', split: {} };
  }
  if (fields.kind === 'opening_balance') {
    return {
      ...typed,
      title: openingTitle(fields, pack),
      provider: '',
      provider_number: '',
      started_on: '',
      unit: 'point',
      approver: pack.approver,
      issuer_transcript: 'posted',
    };
  }
  return typed;
}

function split(fields: Fields): Record<string, string> {
  if (fields.category === SEVERAL) {
    const amounts = Object.entries(fields.amounts).map(([id, amount]) => [id, amount.trim()]);
    return Object.fromEntries(amounts.filter(([, amount]) => amount));
  }
  const amount = fields.amount.trim();
  return fields.category && fields.category !== UNKNOWN && amount
    ? { [fields.category]: amount }
    : {};
}

function openingTitle(fields: Fields, pack: PackView): string {
  const category = pack.categories.find((category) => category.id === fields.category);
  const what = `Points ${pack.issuer_short} already shows`;
  return category ? `${what}: ${category.label.toLowerCase()}` : what;
}

/** Who approved a kept credit. The issuer goes by several names, and its own unit is printed on nothing else. */
function approverOf(credit: Credit, pack: PackView): string {
  const approver = credit.approver?.trim() ?? '';
  if (!approver && pack.units.some(({ unit, own }) => own && unit === credit.unit))
    return pack.approver;
  const plain = approver.toLowerCase();
  const own = [pack.approver, pack.issuer_short, pack.issuer].map((name) => name.toLowerCase());
  if (own.includes(plain)) return pack.approver;
  return plain === 'unsure' ? plain : approver;
}

/** Whether the issuer's own transcript can show the credit at all. */
export const asksTranscript = (fields: Fields) =>
  fields.kind === 'cpr_card' || (fields.kind !== 'opening_balance' && fields.approved === 'yes');

/** The units a kind of activity is certified in; a unit already chosen stays. */
export function unitsFor(fields: Fields, pack: PackView) {
  const college = (unit: Unit) => unit === 'semester_credit' || unit === 'quarter_credit';
  return pack.units.filter(
    ({ unit }) =>
      unit === fields.unit ||
      (unit !== 'cpr_card' && (fields.kind === 'college' ? college(unit) : !college(unit))),
  );
}

/** Providers of earlier credits, each once, in alphabetical order. */
export const providers = (credits: readonly Credit[]) =>
  [...new Set(credits.flatMap((credit) => credit.provider ?? []))].sort((a, b) =>
    a.localeCompare(b, 'en'),
  );

/** Whether two forms say the same. */
export const same = (a: Fields, b: Fields) => JSON.stringify(a) === JSON.stringify(b);
