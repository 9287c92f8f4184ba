// What became of a credit, in words.
import type { FieldChange } from '../../ipc/bindings/FieldChange';
import type { Kind } from '../../ipc/bindings/Kind';
import type { PackView } from '../../ipc/bindings/PackView';
import type { Status } from '../../ipc/bindings/Status';
import type { IssuerTranscript } from '../../ipc/bindings/IssuerTranscript';
import type { Unit } from '../../ipc/bindings/Unit';
import { short } from '../../lib/dates';
import { inner, unitLabel } from '../../lib/words';
import { OTHER, OTHERS } from './form';

/** What a field of a credit is called; one that is not here is told without its values. */
const FIELDS: Readonly<Record<string, string>> = {
  title: 'Title',
  provider: 'Provider',
  provider_number: 'Approval number',
  kind: 'What it was',
  started_on: 'First day',
  completed_on: 'Date',
  expires_on: 'Valid until',
  amount: 'Amount',
  unit: 'Unit',
  approver: 'Approved by',
  split: 'Categories',
  minutes: 'Length in minutes',
  format: 'Format',
  formal_credit: 'Formal credit',
  issuer_transcript: 'On the issuer’s transcript',
  tags: 'Topics',
  status: 'How far it is',
  description: 'Notes',
  relevance: 'Why it matters',
  name_on_certificate: 'Name on the certificate',
  proofs: 'Files',
};

/** Fields of many parts, which are not told one by one. */
const WHOLE: Readonly<Record<string, string>> = {
  splits: 'Categories for another certification',
  awards: 'Further amounts',
  sessions: 'Parts',
};

const KINDS: Readonly<Partial<Record<string, string>>> = {
  course: 'course or event',
  online: 'online course',
  college: 'college course',
  cpr_card: 'CPR card',
  opening_balance: 'points that are shown already',
  ...Object.fromEntries(OTHERS.map(({ kind, label }): [Kind, string] => [kind, inner(label)])),
};
const STATUS: Readonly<Record<Status, string>> = {
  draft: 'draft',
  planned: 'planned',
  completed: 'completed',
};
const TRANSCRIPT: Readonly<Record<IssuerTranscript, string>> = {
  posted: 'there',
  expected: 'not yet',
  missing: 'missing',
};

/** A change of a field: its name, and what was there before and after; nothing for a field of many parts. */
export interface Told {
  field: string;
  before: string | null;
  after: string | null;
}

/** Puts the change of a field into words. */
export function told({ field, before, after }: FieldChange, packs: readonly PackView[]): Told {
  const name = FIELDS[field];
  if (!name) return { field: WHOLE[field] ?? 'Something else', before: null, after: null };
  const value = (text: string) => (text === '' ? 'nothing' : plain(field, text, packs));
  return { field: name, before: value(before), after: value(after) };
}

function plain(field: string, text: string, packs: readonly PackView[]): string {
  switch (field) {
    case 'started_on':
    case 'completed_on':
    case 'expires_on':
      return short(text);
    case 'unit':
      return packs[0] ? unitLabel(packs[0], text as Unit) : text;
    case 'kind':
      return KINDS[text] ?? text;
    case 'status':
      return STATUS[text as Status];
    case 'issuer_transcript':
      return TRANSCRIPT[text as IssuerTranscript];
    case 'approver':
      return labels(packs.flatMap((pack) => pack.approvers))(text);
    case 'tags':
      return text
        .split('; ')
        .map(labels(packs.flatMap((pack) => pack.tags)))
        .join(', ');
    case 'split':
      return text.split(', ').map(part(packs)).join(', ');
    case 'amount':
    case 'minutes':
    case 'formal_credit':
      return text;
    default:
      return `“${text}”`;
  }
}

const labels = (known: readonly { id: string; label: string }[]) => (id: string) =>
  known.find((one) => one.id === id)?.label ?? (id === OTHER ? 'somebody else' : id);

/** `clinical 1.5` becomes `1.5 clinical`. */
const part = (packs: readonly PackView[]) => (text: string) => {
  const [id = '', amount = ''] = text.split(' ');
  return `${amount} ${inner(labels(packs.flatMap((pack) => pack.categories))(id))}`.trim();
};

/** The day of an instant in UTC, as it is on this computer: `4 Mar 2026`. */
export function dayOf(instant: string): string {
  const at = new Date(instant);
  const two = (number: number) => `${number}`.padStart(2, '0');
  return short(`${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`);
}
