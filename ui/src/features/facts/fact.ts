// Cards, hours, statements: what is true and earns no points. How they are asked for, entered and listed.
import type { CredentialView } from '../../ipc/bindings/CredentialView';
import type { Evaluation } from '../../ipc/bindings/Evaluation';
import type { FactInput } from '../../ipc/bindings/FactInput';
import type { FactKind } from '../../ipc/bindings/FactKind';
import type { FactView } from '../../ipc/bindings/FactView';
import type { Requirement } from '../../ipc/bindings/Requirement';
import type { ShownBy } from '../../ipc/bindings/ShownBy';
import { short } from '../../lib/dates';
import { isZero, minus } from '../../lib/decimal';

/** How the form asks for one kind. */
interface Words {
  label: string;
  title: string;
  titleHint?: string;
  from: string;
  /** Empty where it has no end. */
  until: string;
  untilHint?: string;
}

/** Each kind in plain words, in the order in which it is offered. */
export const KINDS: Readonly<Record<FactKind, Words>> = {
  cpr_card: {
    label: 'CPR card',
    title: 'What the card says',
    titleHint: 'For example BLS Provider.',
    from: 'Issued on',
    until: 'Valid until',
    untilHint: 'Without it nobody can tell whether the card is current.',
  },
  work_hours: {
    label: 'Hours worked',
    title: 'Where you worked',
    from: 'First day',
    until: 'Last day',
    untilHint: 'Without both days nobody can tell which year the hours belong to.',
  },
  attestation: {
    label: 'Statement or training',
    title: 'What it says',
    from: 'Day it was made or done',
    until: 'Holds until',
  },
  credential: {
    label: 'Another certification or licence',
    title: 'What it is called',
    titleHint: 'As the card says, for example CCMA (NHA).',
    from: 'Issued on',
    until: 'Valid until',
    untilHint: 'Without it nobody can tell whether it is current.',
  },
  fee: { label: 'Fee paid', title: 'What it was for', from: 'Paid on', until: '' },
  registration: {
    label: 'Registration',
    title: 'What it is called',
    from: 'Done on',
    until: 'Valid until',
  },
  other: {
    label: 'Something else',
    title: 'What it is',
    from: 'From, or done on',
    until: 'Holds until',
  },
};

/** Kinds that are about one issuer alone, unless she says otherwise. */
const OF_ONE: readonly FactKind[] = ['attestation', 'fee', 'registration', 'other'];

/** Kinds that say what they are only by their title. */
const TITLED: readonly FactKind[] = ['attestation', 'registration', 'other'];

/** Kinds that run out, and are worth a word when they have. */
const EXPIRING: readonly FactKind[] = ['cpr_card', 'credential', 'registration'];

/** Whether it has a front and a back. */
export const isCard = ({ kind }: Pick<FactInput, 'kind'>) => kind === 'cpr_card';

/** An empty one. */
export const blank = (kind: FactKind = 'cpr_card'): FactInput => ({
  kind,
  title: '',
  tag: '',
  issued_on: '',
  expires_on: '',
  amount: '',
  credential: '',
});

/** What a line of the rules asks for, begun. What she marks as done was done today, unless she says otherwise. */
export const begun = (
  line: Requirement,
  by: ShownBy,
  credential: string,
  today: string,
): FactInput => ({
  ...blank(by.fact),
  tag: by.tag ?? '',
  title: TITLED.includes(by.fact) && !by.none ? line.label : '',
  issued_on: line.kind === 'advice' ? today : '',
  credential: OF_ONE.includes(by.fact) ? credential : '',
});

/** What is on file and meant for a line of the rules. */
export const meantFor = (facts: readonly FactView[], by: ShownBy, credential: string) =>
  facts.filter(
    ({ input }) =>
      input.kind === by.fact &&
      (by.tag === null || input.tag.toLowerCase() === by.tag.toLowerCase()) &&
      (input.credential === '' || input.credential === credential),
  );

/** What the button of a line says; `some` are on file already. */
export function adding(line: Requirement, by: ShownBy, some: boolean): string {
  if (line.kind === 'advice' && line.state !== 'met') return 'Mark as done';
  if (some) return 'Add another';
  if (by.none) return 'I have one to enter';
  const named: Partial<Record<FactKind, string>> = {
    cpr_card: 'Add a CPR card',
    credential: 'Add a certification or licence',
    work_hours: 'Add hours worked',
    fee: 'Add a fee paid',
  };
  return named[by.fact] ?? `Add “${line.label}”`;
}

const SHOWS: Readonly<Record<FactKind, string>> = {
  cpr_card: 'Your CPR card shows this. Add it with the dates on it.',
  credential:
    'Another certification or licence that you hold shows this. Add it with the dates on it.',
  attestation: 'Your own statement shows this. Add it with its day.',
  work_hours:
    'The hours you worked show this. Add each job or year by itself, with its first and last day.',
  fee: 'A fee that you paid shows this. Add it with its day.',
  registration: 'Your registration shows this. Add it with its day.',
  other: 'What you add here shows this, with its day.',
};

const PAPER: Readonly<Record<FactKind, string>> = {
  cpr_card: 'Attach the card: a photo of both sides, or a PDF.',
  credential: 'Attach its card or certificate: a photo, or a PDF.',
  work_hours: 'Attach a paper that shows the hours, such as a letter from your employer.',
  attestation: 'Attach a paper that shows it.',
  fee: 'Attach the receipt.',
  registration: 'Attach a paper that shows it.',
  other: 'Attach a paper that shows it.',
};

/** What to do where only the paper is missing; empty where it is not, or more is. */
export function paperWords(by: ShownBy, onFile: boolean): string {
  if (!by.lacks_paper) return '';
  return onFile ? PAPER[by.fact] : 'Attach the certificate to the credit that shows it.';
}

/** What shows a condition, and how what is on file bears on it. */
export function showing(line: Requirement, by: ShownBy, facts: readonly FactView[]): string {
  const some = facts.length > 0;
  if (by.none) {
    if (!some) return 'Nothing of this kind is in your record, and that is what is asked for.';
    return line.state === 'met'
      ? 'What you entered does not stand in the way.'
      : 'What you entered stands in the way.';
  }
  if (line.kind === 'advice') return '';
  if (line.state === 'met') return some ? '' : 'A credit of yours shows this already.';
  if (!some) return SHOWS[by.fact];
  if (line.state === 'cannot_tell') {
    return 'A day is missing that decides this. Choose “Change” and add it.';
  }
  return by.hours
    ? 'These hours are not enough, or they lie outside the time that is asked about.'
    : 'What you entered does not show this: its dates do not fit.';
}

/** What one is called in a list. */
export const named = (fact: FactInput) => fact.title || KINDS[fact.kind].label;

/** The days of one: `4 Mar 2025 to 31 Mar 2027, expired`. */
export function daysOf(fact: FactInput, today: string): string {
  const { issued_on: from, expires_on: until, kind } = fact;
  const once = kind === 'fee' || TITLED.includes(kind);
  const days =
    from && until
      ? `${short(from)} to ${short(until)}`
      : from
        ? `${once ? '' : 'from '}${short(from)}`
        : until
          ? `until ${short(until)}`
          : 'no day given';
  if (until && until < today && EXPIRING.includes(kind)) return `${days}, expired`;
  return from > today ? `${days}, not yet` : days;
}

/** `520`, `1,040.5`. */
function grouped(amount: string): string {
  const [whole = '', part] = amount.split('.');
  return [Number(whole).toLocaleString('en'), part].filter(Boolean).join('.');
}

/** `520 hours`, `1,040.5 hours`. */
const hours = (amount: string) => `${grouped(amount)} ${amount === '1' ? 'hour' : 'hours'}`;

/** How many of the hours that a line demands there are; empty if it demands none. */
export function hoursOnFile({ shown_by: by, needed, earned, counted }: Requirement): string {
  if (!by?.hours || by.none) return '';
  const undated = minus(earned, counted);
  const more = isZero(undated) ? '' : `, and ${grouped(undated)} more without their days`;
  return `${grouped(counted)} of ${hours(needed)} are on file${more}.`;
}

/** What stands below the name of one: its kind, hours, days, and for which certification. */
export function detailsOf(fact: FactInput, today: string, held: readonly CredentialView[]): string {
  const one = held.find((view) => view.credential.id === fact.credential);
  const worked = fact.kind === 'work_hours' && fact.amount !== '';
  return [
    fact.title && !worked && KINDS[fact.kind].label,
    fact.amount && `${hours(fact.amount)}${worked && fact.title ? ' worked' : ''}`,
    daysOf(fact, today),
    one && held.length > 1 && `for ${one.pack.name}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Something she can say it is: a kind, or what her rules tell apart within a kind. */
export interface What {
  value: string;
  label: string;
  kind: FactKind;
  tag: string;
}

const what = (kind: FactKind, tag: string, label: string): What => ({
  value: whatOf({ kind, tag }),
  label,
  kind,
  tag,
});

/** What a fact is, as a form's value. */
export const whatOf = ({ kind, tag }: Pick<FactInput, 'kind' | 'tag'>) => `${kind}:${tag}`;

/** What her rules ask for by name. */
export function askedFor(evaluations: Iterable<Evaluation>): What[] {
  const lines = [...evaluations].flatMap((evaluation) => evaluation.requirements);
  const asked = lines.flatMap((line) =>
    line.shown_by?.tag && !line.shown_by.none
      ? [what(line.shown_by.fact, line.shown_by.tag, line.label)]
      : [],
  );
  return [...new Map(asked.map((one) => [one.value, one])).values()];
}

/** Any kind; and what is on file already, though no rules in view ask for it by name. */
export function anyKind(asked: readonly What[], kept: FactInput): What[] {
  const kinds = (Object.keys(KINDS) as FactKind[]).map((kind) => what(kind, '', KINDS[kind].label));
  const own = what(kept.kind, kept.tag, `${KINDS[kept.kind].label} (${kept.tag})`);
  const known = [...asked, ...kinds].some(({ value }) => value === own.value);
  return known ? kinds : [own, ...kinds];
}
