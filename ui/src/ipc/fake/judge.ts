// A stand-in for the rules, good enough to see and test the screens: first come, first counted.
import { away, between, long } from '../../lib/dates';
import { isZero, larger, minus, parse, sum, write } from '../../lib/decimal';
import type { Cap } from '../bindings/Cap';
import type { Credit } from '../bindings/Credit';
import type { CreditOutcome } from '../bindings/CreditOutcome';
import type { Evaluation } from '../bindings/Evaluation';
import type { Question } from '../bindings/Question';
import type { Reason } from '../bindings/Reason';
import type { Requirement } from '../bindings/Requirement';
import type { Way } from '../bindings/Way';
import { CREDENTIAL, PACK, TODAY } from './sample';

const LIMIT = '30';

const POLICIES = 'Recertification policies, https://issuer.example/policies';
const BLOG = 'Does it count? (AAMA blog, updated 24 June 2025)';

/** How the record is judged on a day; `answered` says which questions are closed. */
export function judge(
  credits: readonly Credit[],
  on: string = TODAY,
  answered: (question: string, credit: string) => boolean = () => false,
): Evaluation {
  let others = '0';
  let othersEarned = '0';
  const questions: Question[] = [];
  const ask = (credit: Credit, question: Omit<Question, 'credits'>) => {
    if (!answered(question.id, credit.id)) questions.push({ ...question, credits: [credit.id] });
  };
  const outcomes = credits.map((credit): CreditOutcome => {
    const reasons: Reason[] = [];
    const card = credit.unit === 'cpr_card';
    const approved = card || credit.approver === 'aama';
    const earned = worth(credit, reasons);
    let counted = earned;
    if (!approved && !isZero(earned)) {
      othersEarned = sum([othersEarned, earned]);
      const left = minus(LIMIT, others);
      counted = minus(left, earned).startsWith('-') ? left : earned;
      others = sum([others, counted]);
      if (counted !== earned) {
        reasons.push({
          code: 'cap',
          text: 'At most 30 points count from other sources than AAMA.',
          source: BLOG,
        });
      }
    }
    if (credit.approver === 'unsure') {
      ask(credit, {
        id: 'approver',
        text: `Is “${credit.title}” of ${credit.provider ?? 'this provider'} approved by AAMA?`,
        options: ['Yes', 'No'],
        topic: 'who approved it',
        decides: true,
      });
    }
    if (credit.unit === 'ceu') {
      ask(credit, {
        id: 'rate.ceu',
        text: 'The certificate says only “CEU”. Is one of its CEUs one contact hour or ten? Ask the provider for the number of contact hours.',
        options: ['1 contact hour', '10 contact hours'],
        topic: 'how many points the amount on the certificate gives',
        decides: false,
      });
    }
    return {
      id: credit.id,
      earned,
      counted,
      rate: credit.unit === 'ceu' ? null : '1',
      split: divided(credit, counted),
      approved: credit.approver === 'unsure' ? null : approved,
      proven: credit.proofs.length > 0 || (approved && credit.issuer_transcript === 'posted'),
      reasons,
    };
  });

  const requirements = [
    requirement('total', 'Total points', '60', outcomes, (outcome) => outcome.counted),
    ...PACK.categories.map(({ id, label }) =>
      requirement(id, label, '10', outcomes, (outcome) => outcome.split[id] ?? '0'),
    ),
    requirement('aama_approved', 'AAMA-approved', '30', outcomes, (outcome) =>
      outcome.approved ? outcome.counted : '0',
    ),
  ];
  const cap: Cap = {
    id: 'non_aama',
    label: 'From other sources',
    counts: 'points',
    limit: LIMIT,
    earned: othersEarned,
    counted: others,
    source: BLOG,
  };
  const cards = credits.flatMap((credit, index) =>
    credit.unit === 'cpr_card' && !isZero(outcomes[index]?.earned ?? '0') ? [credit] : [],
  );
  const cardCap: Cap = {
    id: 'cpr_cards',
    label: 'CPR cards',
    counts: 'credits',
    limit: '3',
    earned: String(cards.length),
    counted: String(cards.length),
    source: POLICIES,
  };
  const short = requirements.filter((line) => !isZero(line.short));
  const met = short.length === 0;
  const proven = outcomes.every((outcome) => outcome.proven || isZero(outcome.counted));
  return {
    credential: 'cma',
    credential_name: PACK.name,
    pack: PACK.id,
    pack_version: '2026.1',
    pack_verified_on: null,
    draft: null,
    edition: null,
    on,
    period: CREDENTIAL.period,
    standing: 'current',
    verdict: met ? 'met' : 'not_met',
    verdict_with_proof: met && proven ? 'met' : 'not_met',
    basis: 'inference',
    weakest: { rules: ['the period'], credits: [] },
    path: null,
    paths: [],
    requirements,
    caps: cards.length > 0 ? [cap, cardCap] : [cap],
    credits: outcomes,
    gap: {
      points: short.reduce((most, line) => larger(most, line.short), '0'),
      at_least: [],
      conditions: [],
      impossible: [],
      sentence: sentence(short),
    },
    dates: {
      expires_on: '2026-03-31',
      late_until: '2026-06-29',
      late_until_latest: '2026-06-30',
      submit_by: { online: '2026-03-10', mail: '2026-03-01' },
      ways: [
        {
          ...way('at_once', 'By phone or online at once', '2026-03-31'),
          barred: {
            code: 'needs_papers',
            args: {},
            text: 'Some of what counts was not approved by AAMA and needs papers.',
          },
          outlook: null,
        },
        way('online', 'Online', '2026-03-10'),
        way('mail', 'By mail', '2026-03-01'),
      ],
    },
    renewal: {
      on,
      expires_on: '2030-11-30',
      months_given_up: 4,
      next_period: [],
      sentence: `Renewed on ${long(on)}, you would be current through 30 November 2030. Applying now may give up 4 months.`,
      basis: 'inference',
      source: POLICIES,
    },
    questions,
    notes: [],
  };
}

const way = (id: string, label: string, by: string): Way => ({
  way: id,
  label,
  opens_on: null,
  by,
  by_basis: 'inference',
  barred: null,
  answer_by: null,
  in_time: null,
  outlook: {
    code: 'answer_in_time',
    args: {},
    text: 'Sent on 22 November 2025, an answer can take until 22 December 2025, before your CMA (AAMA) expires.',
  },
  afterwards: null,
  source: POLICIES,
});

const RATES: Readonly<Record<string, number>> = {
  semester_credit: 15,
  quarter_credit: 15,
  iacet_ceu: 10,
};

function worth(credit: Credit, reasons: Reason[]): string {
  const nothing = (code: string, text: string, source: string | null) => {
    reasons.push({ code, text, source });
    return '0';
  };
  if (credit.status === 'draft') return nothing('draft', 'A draft does not count yet.', null);
  const { from, to } = CREDENTIAL.period;
  const day = credit.completed_on ?? '';
  if (between(TODAY, day) > 0) {
    return nothing('future', `It is dated ${away(TODAY, day)}, after today.`, null);
  }
  if (day < from || day > to) {
    return nothing('period', 'It lies outside your period.', POLICIES);
  }
  if (credit.unit === 'cpr_card') return '4';
  const points = write((parse(credit.amount ?? '0') ?? 0) * (RATES[credit.unit ?? ''] ?? 1));
  if (credit.kind === 'in_service') {
    return nothing(
      'formal_credit',
      'Training by the employer counts only if formal credit was issued.',
      BLOG,
    );
  }
  if (credit.approver !== 'aama' && minus(points, '1').startsWith('-')) {
    return nothing(
      'smallest',
      'AAMA takes activities of at least one contact hour; this one is shorter.',
      BLOG,
    );
  }
  return points;
}

function divided(credit: Credit, counted: string): Record<string, string> {
  if (isZero(counted)) return {};
  if (credit.unit === 'cpr_card') return { clinical: counted };
  const parts = Object.keys(credit.split);
  return parts.length === 1 && parts[0] ? { [parts[0]]: counted } : plain(credit.split);
}

const plain = (split: Record<string, string>) =>
  Object.fromEntries(Object.entries(split).map(([id, amount]) => [id, write(parse(amount) ?? 0)]));

function requirement(
  id: string,
  label: string,
  needed: string,
  outcomes: readonly CreditOutcome[],
  gives: (outcome: CreditOutcome) => string,
): Requirement {
  const fills = outcomes
    .map((outcome) => ({ credit: outcome.id, points: gives(outcome) }))
    .filter((fill) => !isZero(fill.points));
  const counted = sum(fills.map((fill) => fill.points));
  const left = minus(needed, counted);
  const short = left.startsWith('-') ? '0' : left;
  return {
    id,
    label,
    kind: 'minimum',
    path: null,
    within: null,
    needed,
    earned: counted,
    counted,
    short,
    state: isZero(short) ? 'met' : 'not_met',
    fills,
    words: null,
    shown_by: null,
    basis: 'official',
    source: POLICIES,
  };
}

function sentence(short: readonly Requirement[]): string {
  const total = short.find((line) => line.id === 'total');
  const parts = short
    .filter((line) => line.id !== 'total')
    .map((line) => `${line.short} ${line.id === 'aama_approved' ? line.label : line.id}`);
  if (short.length === 0) return 'You have all the points you need.';
  if (!total) return `You still need ${parts.join(' and ')} points, any source.`;
  const extra = parts.length > 0 ? `, of them at least ${parts.join(' and ')}` : ', any source';
  return `You still need ${total.short} ${total.short === '1' ? 'point' : 'points'}${extra}.`;
}
