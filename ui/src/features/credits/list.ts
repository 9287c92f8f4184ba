// The list of credits: what is shown, in which order.
import type { Credit } from '../../ipc/bindings/Credit';
import type { CreditOutcome } from '../../ipc/bindings/CreditOutcome';
import type { Found } from '../../ipc/bindings/Found';
import type { FoundIn } from '../../ipc/bindings/FoundIn';
import type { PackView } from '../../ipc/bindings/PackView';
import { compare, isZero } from '../../lib/decimal';
import type { Show } from '../../lib/views.svelte';
import { approvedBy, printed, splitWords } from '../../lib/words';

/** A credit with everything the list says about it. */
export interface Line {
  credit: Credit;
  outcome: CreditOutcome | undefined;
  counted: string;
  categories: string;
  printed: string;
  approved: string;
  proof: string;
  lacksProof: boolean;
}

export type Column = 'date' | 'title' | 'printed' | 'counted' | 'approved' | 'proof';
export interface Order {
  by: Column;
  down: boolean;
}

/** Earned, and not shown by certificate or issuer. */
export const lacksProof = (credit: Credit, outcome: CreditOutcome | undefined) =>
  credit.status === 'completed' && outcome !== undefined && !outcome.proven;

/** `1 file`, `On AAMA’s transcript`, `None yet`. */
function proofWords(credit: Credit, outcome: CreditOutcome | undefined, pack: PackView): string {
  const files = credit.proofs.length;
  if (files > 0) {
    const number = files === 1 ? '1 file' : `${files} files`;
    return lacksProof(credit, outcome) ? `${number}, not complete` : number;
  }
  if (outcome?.proven) return `On ${pack.issuer_short}’s transcript`;
  return credit.status === 'completed' ? 'None yet' : '';
}

/** Puts a credit and its outcome into words. */
export function line(credit: Credit, outcome: CreditOutcome | undefined, pack: PackView): Line {
  return {
    credit,
    outcome,
    counted: outcome?.counted ?? '0',
    categories: outcome ? splitWords(outcome.split, pack) : '',
    printed: printed(credit, pack),
    approved: credit.status === 'draft' ? '' : approvedBy(outcome, pack),
    proof: proofWords(credit, outcome, pack),
    lacksProof: lacksProof(credit, outcome),
  };
}

/** The lines that answer to filter and category. */
export const filtered = (lines: readonly Line[], show: Show, category: string) =>
  lines.filter(
    (line) =>
      shown(line, show) &&
      (category === '' || category in (line.outcome?.split ?? {}) || category in line.credit.split),
  );

/** The lines that a search found, the best first. */
export function matched(lines: readonly Line[], found: readonly Found[]): Line[] {
  const byId = new Map(lines.map((line) => [line.credit.id, line]));
  return found.flatMap(({ credit }) => byId.get(credit.id) ?? []);
}

/** Where the words were found, if the list does not show it anyway. */
export const PLACE: Readonly<Record<FoundIn, string>> = {
  title: '',
  provider: '',
  numbers: 'Approval number',
  about: 'Notes',
  tags: 'Topics',
  name: 'Name on the certificate',
  files: 'File',
  text: 'In the certificate',
};

function shown(line: Line, show: Show): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'counted':
      return !isZero(line.counted);
    case 'not_counted':
      return isZero(line.counted);
    case 'unproven':
      return line.lacksProof;
    case 'draft':
      return line.credit.status === 'draft';
  }
}

const names = new Intl.Collator('en', { numeric: true });
const plain = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const BY: Readonly<Record<Column, (a: Line, b: Line) => number>> = {
  date: (a, b) => plain(a.credit.completed_on ?? '9', b.credit.completed_on ?? '9'),
  title: (a, b) => names.compare(a.credit.title, b.credit.title),
  printed: (a, b) => compare(a.credit.amount ?? '0', b.credit.amount ?? '0'),
  counted: (a, b) => compare(a.counted, b.counted),
  approved: (a, b) => plain(a.approved, b.approved),
  proof: (a, b) => a.credit.proofs.length - b.credit.proofs.length,
};

/** The lines in order; equal ones keep theirs. */
export const sorted = (lines: readonly Line[], { by, down }: Order) =>
  [...lines].sort((a, b) => (down ? -1 : 1) * BY[by](a, b));

/** The order after a click on a heading: the same column turns round, another begins anew. */
export const turned = (order: Order | null, by: Column): Order =>
  order?.by === by ? { by, down: !order.down } : { by, down: by === 'date' || by === 'counted' };
