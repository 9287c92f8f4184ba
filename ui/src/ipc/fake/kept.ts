// What the pretended back end keeps: a record in memory, and how it is judged.
import type { AnswerInput } from '../bindings/AnswerInput';
import type { Backups } from '../bindings/Backups';
import type { Credit } from '../bindings/Credit';
import type { Error as RecertError } from '../bindings/Error';
import type { Evaluation } from '../bindings/Evaluation';
import type { FactView } from '../bindings/FactView';
import type { Home } from '../bindings/Home';
import type { ImportPreview } from '../bindings/ImportPreview';
import type { RestoreView } from '../bindings/RestoreView';
import type { Verification } from '../bindings/Verification';
import { judge } from './judge';
import { CREDENTIAL, CREDITS, HOLDER, TODAY } from './sample';
import { judgeSecond, SECOND } from './second';

export interface FakeOptions {
  /** Whether there is a record already. */
  started?: boolean;
  credits?: Credit[];
  /** Cards, hours and statements on file. */
  facts?: FactView[];
  /** Whether she holds the second certification too. */
  second?: boolean;
  /** Certification to what is said of it instead of what the stand-in would say. */
  evaluations?: Record<string, Evaluation>;
  /** What a command answers instead: an error, or the plain text of a refused call. */
  failing?: Record<string, RecertError | string>;
  spreadsheet?: ImportPreview | null;
  /** The backups there are. */
  backups?: Partial<Backups>;
  /** The passphrase of the file that the dialog gives, if it is locked. */
  locked?: string;
  /** Whether opening that file takes much memory and time. */
  costly?: boolean;
  /** Whether each thing that gets applications refused is found. */
  everyCheck?: boolean;
  /** How many certificates their makers locked against being put together. */
  makersLocked?: number;
  /** What a restore changes. */
  restore?: Partial<RestoreView>;
  /** What reading everything again finds. */
  checked?: Partial<Verification>;
  /** The files that the dialog gives. */
  chosen?: string[];
}

/** The record, as the commands find and leave it. */
export interface Kept {
  readonly home: Home;
  credits: Credit[];
  facts: FactView[];
  answers: AnswerInput[];
  /** The credits in the trash. */
  removed: Credit[];
  /** A number that was never given. */
  next: () => number;
  /** What is said of a certification where these are its credits. */
  judged: (credential: string, credits: readonly Credit[], on?: string) => Evaluation;
}

export function keep(options: FakeOptions): Kept {
  const started = options.started ?? true;
  let last = 0;
  const kept: Kept = {
    home: {
      vault: '/home/maria/.local/share/recert',
      version: '0.1.0',
      today: TODAY,
      holder: started ? HOLDER : null,
      credentials: started
        ? structuredClone([CREDENTIAL, ...(options.second ? [SECOND] : [])])
        : [],
    },
    credits: structuredClone(options.credits ?? (started ? CREDITS : [])),
    facts: structuredClone(options.facts ?? []),
    answers: [],
    removed: [],
    next: () => ++last,
    judged: (credential, credits, on = TODAY) =>
      options.evaluations?.[credential] ??
      (credential === 'rcma' ? judgeSecond(credits, kept.facts) : judge(credits, on, answered)),
  };
  const answered = (question: string, credit: string) =>
    kept.answers.some((answer) => answer.question === question && answer.credits.includes(credit));
  return kept;
}
