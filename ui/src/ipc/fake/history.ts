// The pretended back end's history: what was done, taken back and done again.
import type { AnswerInput } from '../bindings/AnswerInput';
import type { Credit } from '../bindings/Credit';
import type { FactView } from '../bindings/FactView';
import type { HistoryStep } from '../bindings/HistoryStep';
import type { Holder } from '../bindings/Holder';
import type { Kept } from './kept';

/** As much of the record as can be changed and taken back. */
interface State {
  credits: Credit[];
  facts: FactView[];
  answers: AnswerInput[];
  removed: Credit[];
  holder: Holder | null;
}

interface Step {
  text: string;
  before: State;
  after: State;
}

/** The commands that change the record, and what they did. */
const CHANGES: Readonly<Record<string, string>> = {
  save_holder: 'Changed your details',
  save_credit: 'Saved',
  remove_credit: 'Removed',
  restore_credit: 'Put back',
  empty_trash: 'Emptied the trash',
  save_fact: 'Changed a card, hours or a statement',
  remove_fact: 'Removed a card, hours or a statement',
  restore_fact: 'Put back a card, hours or a statement',
  answer_question: 'Kept an answer',
  remove_answer: 'Removed an answer',
  attach_proofs: 'Attached a file',
  attach_dropped: 'Attached a file',
  set_proof_role: 'Changed what a file shows',
  detach_proof: 'Took a file off',
  import_spreadsheet: 'Brought in credits',
  keep_submission: 'Kept what you sent',
  save_submission: 'Changed what came of what you sent',
  remove_submission: 'Took what you sent off the list',
  renew_credential: 'Began a new period',
  save_period: 'Changed the certification',
  remove_period: 'Changed the certification',
};

/** What became of any credit. */
const HISTORY: HistoryStep[] = [
  { at: '2025-03-04T17:05:09Z', text: 'Added', changes: [] },
  {
    at: '2025-03-09T17:05:09Z',
    text: 'Changed',
    changes: [
      { field: 'completed_on', before: '', after: '2022-07-07' },
      { field: 'unit', before: 'ceu', after: 'contact_hour' },
      { field: 'split', before: 'clinical 0.5', after: 'administrative 0.25, clinical 0.25' },
      { field: 'awards', before: '', after: 'amount 0.2' },
    ],
  },
  {
    at: '2025-03-10T17:05:09Z',
    text: 'A file attached',
    changes: [{ field: 'proofs', before: '', after: 'certificate.pdf' }],
  },
];

export function history(kept: Kept) {
  /** What was done and what was undone, each with the record before it and after it. */
  const done: Step[] = [];
  const undone: Step[] = [];

  const state = (): State => {
    const { credits, facts, answers, removed, home } = kept;
    return { credits, facts, answers, removed, holder: home.holder };
  };
  const adopt = ({ holder, ...lists }: State) => {
    Object.assign(kept, lists);
    kept.home.holder = holder;
  };

  const commands = {
    read_undoable: () => ({ undo: done.at(-1)?.text ?? null, redo: undone.at(-1)?.text ?? null }),
    undo_last: () => {
      const step = done.pop();
      if (!step) throw { code: 'not_found', message: 'There is nothing to undo.' };
      undone.push(step);
      adopt(step.before);
      return step.text;
    },
    redo_last: () => {
      const step = undone.pop();
      if (!step) throw { code: 'not_found', message: 'There is nothing to do again.' };
      done.push(step);
      adopt(step.after);
      return step.text;
    },
    read_history_of: () => HISTORY,
  };

  /** Runs a command, and notes it if it is one that changes the record. */
  function note<T>(command: string, args: Record<string, unknown>, run: () => T): T {
    const before = state();
    const answer = run();
    const change = CHANGES[command];
    if (change) {
      const title = titleOf(args, [...before.credits, ...kept.credits]);
      done.push({ text: `${change}${title && ` “${title}”`}`, before, after: state() });
      undone.length = 0;
    }
    return answer;
  }
  return { commands, note };
}

/** The title of the credit that a command names, if it names one. */
function titleOf(args: Record<string, unknown>, credits: readonly Credit[]): string {
  const { id, input } = args as { id?: string; input?: { title?: string } };
  return input?.title ?? credits.find((credit) => credit.id === id)?.title ?? '';
}
