// A second certification of a board that does not exist, with what the first does not have: ways to choose from, stretches,
// conditions, topics, categories of its own, another word for points.
import { compare, isZero, larger, minus, sum } from '../../lib/decimal';
import type { Credit } from '../bindings/Credit';
import type { CredentialView } from '../bindings/CredentialView';
import type { CreditOutcome } from '../bindings/CreditOutcome';
import type { Evaluation } from '../bindings/Evaluation';
import type { FactKind } from '../bindings/FactKind';
import type { FactView } from '../bindings/FactView';
import type { PackView } from '../bindings/PackView';
import type { Requirement } from '../bindings/Requirement';
import type { Verdict } from '../bindings/Verdict';
import { TODAY } from './sample';

const SOURCE = 'Example Board: Renewal handbook, https://board.example/handbook';

export const SECOND_PACK: PackView = {
  id: 'rcma-board',
  name: 'RCMA (Example Board)',
  issuer: 'Example Board of Clinical Assistants',
  issuer_short: 'the Board',
  place: 'Springfield, board.example',
  draft: 'What the Board says about college courses was not found. Check with the Board.',
  counts_one: 'credit hour',
  counts_many: 'credit hours',
  approver: 'board',
  approvers: [{ id: 'board', label: 'Board-approved' }],
  categories: [
    { id: 'basic', label: 'Basic', topics: 'What every assistant needs' },
    { id: 'clinical', label: 'Clinical', topics: 'Patient care and procedures' },
  ],
  tags: [
    { id: 'law', label: 'Law' },
    { id: 'safety', label: 'Patient safety' },
  ],
  units: [
    { unit: 'contact_hour', label: 'contact hours', own: false },
    { unit: 'issuer_credit', label: 'Board credits', own: true },
    { unit: 'clock_hour', label: 'hours (60 minutes)', own: false },
  ],
};

export const SECOND: CredentialView = {
  credential: {
    id: 'rcma',
    pack: 'rcma-board',
    certified_on: '2024-07-01',
    recertified_on: null,
    expires_on: null,
    expires_reason: null,
    periods: [],
  },
  pack: SECOND_PACK,
  period: { from: '2024-07-01', to: '2026-06-30' },
  waiting: null,
};

/** Every credit in its period counts for half. */
export function judgeSecond(
  credits: readonly Credit[],
  facts: readonly FactView[] = [],
): Evaluation {
  const all = (kind: FactKind) =>
    facts.filter(
      ({ input }) =>
        input.kind === kind && (input.credential === '' || input.credential === 'rcma'),
    );
  const cards = all('cpr_card');
  const current = cards.filter((card) => card.input.expires_on >= TODAY);
  const work = all('work_hours').map(({ input }) => input);
  const dated = work.filter((fact) => fact.issued_on && fact.expires_on);
  const [worked, workedIn] = [work, dated].map((facts) => sum(facts.map((fact) => fact.amount)));
  const lacking = minus('260', workedIn ?? '0');
  const complaint = all('attestation').some((fact) => fact.input.tag === 'complaint');
  const inside = (credit: Credit) =>
    credit.status === 'completed' &&
    credit.unit !== 'cpr_card' &&
    (credit.completed_on ?? '') >= SECOND.period.from;
  const outcomes = credits.map((credit): CreditOutcome => {
    const worth = inside(credit) ? half(credit.amount ?? '0') : '0';
    const own = credit.splits['rcma-board'] ?? {};
    const [category = 'unassigned'] = Object.keys(own);
    return {
      id: credit.id,
      earned: worth,
      counted: worth,
      rate: '0.5',
      split: isZero(worth) ? {} : { [category]: worth },
      approved: false,
      proven: credit.proofs.length > 0,
      reasons: isZero(worth)
        ? [{ code: 'period', text: 'It lies outside your period.', source: SOURCE }]
        : [
            {
              code: 'converted',
              text: `${credit.amount} × 0.5 = ${worth} credit hours (contact hours).`,
              source: SOURCE,
            },
          ],
    };
  });
  const counting = outcomes.filter((outcome) => !isZero(outcome.counted));
  const fills = counting.map(({ id, counted }) => ({ credit: id, points: counted }));
  const counted = sum(fills.map((fill) => fill.points));
  const minimum = (id: string, label: string, needed: string, more: Partial<Requirement> = {}) => {
    const amount = more.counted ?? counted;
    const left = minus(needed, amount);
    const short = left.startsWith('-') ? '0' : left;
    return {
      ...line(id, label),
      kind: 'minimum' as const,
      needed,
      earned: amount,
      counted: amount,
      short,
      state: isZero(short) ? ('met' as const) : ('not_met' as const),
      fills,
      words: null,
      shown_by: null,
      ...more,
    };
  };
  const law = { counted: '0', fills: [] };
  const open = counting.slice(0, 2).map((outcome) => outcome.id);
  return {
    credential: 'rcma',
    credential_name: SECOND_PACK.name,
    pack: SECOND_PACK.id,
    pack_version: '2026.1',
    pack_verified_on: '2025-10-02',
    draft: SECOND_PACK.draft,
    edition: 'Two ways since 2024',
    on: TODAY,
    period: SECOND.period,
    standing: 'current',
    verdict: 'not_met',
    verdict_with_proof: 'not_met',
    basis: 'secondary',
    weakest: { rules: ['“10 credit hours and work”'], credits: [] },
    path: 'ten_and_work',
    paths: [
      { id: 'twenty', label: '20 credit hours', chosen: false },
      { id: 'ten_and_work', label: '10 credit hours and work', chosen: true },
    ],
    requirements: [
      minimum('law', 'Law', '1', law),
      minimum('each_year', 'In each year', '4', {
        within: { from: '2024-07-01', to: '2025-06-30' },
      }),
      minimum('each_year.2', 'In each year', '4', {
        within: { from: '2025-07-01', to: '2026-06-30' },
      }),
      minimum('twenty_hours', 'Total credit hours', '20', { path: 'twenty' }),
      minimum('ten_hours', 'Total credit hours', '10', { path: 'ten_and_work' }),
      {
        ...line('work', 'Hours worked'),
        path: 'ten_and_work',
        words: 'Show at least 260 hours of work in each year.',
        needed: '260',
        earned: worked ?? '0',
        counted: workedIn ?? '0',
        short: lacking.startsWith('-') ? '0' : lacking,
        basis: 'relayed',
        shown_by: { fact: 'work_hours', tag: null, hours: true, none: false, lacks_paper: false },
        state: enough(
          work.some((fact) => compare(fact.amount, '260') >= 0),
          work.every((fact) => fact.issued_on && fact.expires_on),
        ),
      },
      {
        ...line('cpr_card', 'Current CPR card'),
        words: 'Have a current CPR card on the day you apply.',
        shown_by: {
          fact: 'cpr_card',
          tag: null,
          hours: false,
          none: false,
          lacks_paper: current.length > 0 && current.every((card) => card.proofs.length === 0),
        },
        state: enough(
          current.length > 0 || cards.some((card) => card.input.expires_on === ''),
          current.length > 0,
        ),
      },
      {
        ...line('complaint', 'No open complaint'),
        words: 'Have no open complaint against you on the day you apply.',
        shown_by: {
          fact: 'attestation',
          tag: 'complaint',
          hours: false,
          none: true,
          lacks_paper: false,
        },
        state: complaint ? 'not_met' : 'met',
      },
      {
        ...line('orientation', 'Patient safety briefing'),
        words: 'State that you attended the patient safety briefing of your employer.',
        shown_by: {
          fact: 'attestation',
          tag: 'orientation',
          hours: false,
          none: false,
          lacks_paper: false,
        },
        state: all('attestation').some((fact) => fact.input.tag === 'orientation')
          ? 'met'
          : 'not_met',
      },
      {
        ...line('fee', 'Fee'),
        kind: 'advice',
        words: 'Pay the renewal fee; ask the Board for the amount.',
        shown_by: { fact: 'fee', tag: null, hours: false, none: false, lacks_paper: false },
        state: all('fee').length > 0 ? 'met' : 'not_met',
      },
    ],
    caps: [],
    credits: outcomes,
    gap: {
      points: larger('0', minus('10', counted)),
      at_least: [],
      conditions: [],
      impossible: [],
      sentence: 'You still need 1 law credit hour. Show at least 260 hours of work in each year.',
    },
    dates: {
      expires_on: SECOND.period.to,
      late_until: SECOND.period.to,
      late_until_latest: null,
      submit_by: { application: '2026-05-31' },
      ways: [
        {
          way: 'application',
          label: 'Application, with every paper',
          opens_on: '2026-03-01',
          by: '2026-05-31',
          by_basis: 'official',
          barred: null,
          answer_by: null,
          in_time: null,
          outlook: null,
          afterwards: 'The Board charges a late fee after that day.',
          source: SOURCE,
        },
      ],
    },
    renewal: null,
    questions: [
      {
        id: 'category',
        text: 'Which category does it belong to? If it covers several, how much time went to each?',
        credits: open,
        options: ['Basic', 'Clinical'],
        topic: 'how many points the amount on the certificate gives',
        decides: true,
      },
      {
        id: 'confirm.hour',
        text: 'Confirm with the Board that one contact hour counts as half a credit hour.',
        credits: [],
        options: [],
        topic: 'how many points the amount on the certificate gives',
        decides: false,
      },
    ].filter((question) => question.id !== 'category' || open.length > 0),
    notes: [],
  };
}

const line = (id: string, label: string): Requirement => ({
  id,
  label,
  kind: 'condition',
  path: null,
  within: null,
  needed: '0',
  earned: '0',
  counted: '0',
  short: '0',
  state: 'not_met',
  fills: [],
  words: null,
  shown_by: null,
  basis: 'official',
  source: SOURCE,
});

const enough = (holds: boolean, known: boolean): Verdict =>
  !holds ? 'not_met' : known ? 'met' : 'cannot_tell';

const half = (amount: string) => String(Number(amount) / 2);
