// Questions that only the issuer, the provider or the certificate can answer, and the answers on file.
import type { AnswerInput } from '../../ipc/bindings/AnswerInput';
import type { Credit } from '../../ipc/bindings/Credit';
import type { FieldFault } from '../../ipc/bindings/FieldFault';
import type { PackView } from '../../ipc/bindings/PackView';
import type { Question } from '../../ipc/bindings/Question';
import { long } from '../../lib/dates';
import { printed } from '../../lib/words';

/** The question as it can be sent: with the certification and the credits it is about. */
export function letter(question: Question, credits: readonly Credit[], pack: PackView): string {
  const facts = (credit: Credit) =>
    [
      credit.title,
      credit.provider,
      credit.completed_on && long(credit.completed_on),
      printed(credit, pack),
      credit.provider_number,
    ].filter(Boolean);
  const lines = credits.map((credit) => `- ${facts(credit).join(', ')}`);
  return [`About my ${pack.name}: ${question.text}`, ...lines].join('\n');
}

/** What an answer on file is about. A question that is answered is asked no more, so its text is gone. */
const ABOUT: Readonly<Record<string, string>> = {
  approver: 'Who approved it',
  category: 'Which category it belongs to',
  rate: 'What the unit is worth',
  confirm: 'What the unit is worth',
  window: 'Whether it counts by its date',
  duplicate: 'Whether entries are the same activity',
  parts: 'Whether part of an activity may count',
  late: 'Whether renewal is still open',
};

export const about = (id: string) => ABOUT[id.split('.')[0] ?? ''] ?? 'An earlier question';

/** Answers that are used for a certification. */
export const answersFor = (answers: readonly AnswerInput[], credential: string) =>
  answers.filter((answer) => answer.credential === '' || answer.credential === credential);

/** What must be there before an answer can be kept. */
export function answerFaults(input: AnswerInput, question: Question): FieldFault[] {
  const faults: FieldFault[] = [];
  if (question.credits.length > 0 && input.credits.length === 0) {
    faults.push({ field: 'credits', message: 'choose the credits that the answer is about' });
  }
  if (!input.answer.trim()) {
    faults.push({
      field: 'answer',
      message:
        question.options.length > 0 ? 'choose what you were told' : 'write what you were told',
    });
  }
  return faults;
}

/** What helps to write an answer that is not one of a few. A rate is reckoned with, so it has to be a number. */
export const answerHint = (question: Question, pack: PackView) =>
  question.id.startsWith('rate.')
    ? `The number of ${pack.counts_many} for one of them, for example 15.`
    : undefined;
