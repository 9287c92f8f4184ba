// What the pretended back end says of her certifications, and the answers it goes by.
import type { AnswerInput } from '../bindings/AnswerInput';
import type { Credit } from '../bindings/Credit';
import type { Kept } from './kept';

interface Asked {
  credential: string;
  on: string;
  planned: boolean;
}

export function evaluation(kept: Kept) {
  return {
    read_evaluation: ({ credential }: { credential: string }) =>
      kept.judged(credential, kept.credits),
    what_if: ({ credential, on, planned }: Asked) => {
      const done = (credit: Credit): Credit =>
        planned && credit.status === 'planned' ? { ...credit, status: 'completed' } : credit;
      return kept.judged(credential, kept.credits.map(done), on);
    },
    read_answers: () => kept.answers,
    answer_question: ({ input }: { input: AnswerInput }) => {
      kept.answers = [...kept.answers, input];
      return null;
    },
    remove_answer: ({ answer }: { answer: AnswerInput }) => {
      const gone = JSON.stringify(answer);
      kept.answers = kept.answers.filter((given) => JSON.stringify(given) !== gone);
      return null;
    },
  };
}
