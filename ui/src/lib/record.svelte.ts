// The record as the window knows it: read once, kept in step with every change.
import type { AnswerInput } from '../ipc/bindings/AnswerInput';
import type { CredentialView } from '../ipc/bindings/CredentialView';
import type { Credit } from '../ipc/bindings/Credit';
import type { CreditOutcome } from '../ipc/bindings/CreditOutcome';
import type { DeletionView } from '../ipc/bindings/DeletionView';
import type { Evaluation } from '../ipc/bindings/Evaluation';
import type { FactView } from '../ipc/bindings/FactView';
import type { Home } from '../ipc/bindings/Home';
import type { PackView } from '../ipc/bindings/PackView';
import type { Undoable } from '../ipc/bindings/Undoable';
import { failure, type Failure } from './errors';
import {
  readAnswers,
  readCredits,
  readEvaluation,
  readFacts,
  readHome,
  readPacks,
  readRemoved,
  readUndoable,
} from '../ipc/commands';

const NOTHING: Undoable = { undo: null, redo: null };

export class OpenRecord {
  home = $state.raw<Home | null>(null);
  /** What was deleted, once everything was, until she goes on. */
  deleted = $state.raw<DeletionView | null>(null);
  packs = $state.raw<PackView[]>([]);
  credits = $state.raw<Credit[]>([]);
  /** The credits in the trash. */
  removed = $state.raw<Credit[]>([]);
  facts = $state.raw<FactView[]>([]);
  answers = $state.raw<AnswerInput[]>([]);
  /** What can be taken back, and done again. */
  undoable = $state.raw<Undoable>(NOTHING);
  /** One for each certification, as far as its rules can be judged by. */
  evaluations = $state.raw<ReadonlyMap<string, Evaluation>>(new Map());
  /** Why there is none for the others. */
  unjudged = $state.raw<ReadonlyMap<string, Failure>>(new Map());
  /** The certification looked at. */
  credential = $state.raw<CredentialView | null>(null);
  readonly evaluation: Evaluation | null = $derived(
    this.evaluations.get(this.credential?.credential.id ?? '') ?? null,
  );
  readonly outcomes: ReadonlyMap<string, CreditOutcome> = $derived(
    new Map(this.evaluation?.credits.map((outcome) => [outcome.id, outcome])),
  );
  readonly credit: ReadonlyMap<string, Credit> = $derived(
    new Map(this.credits.map((credit) => [credit.id, credit])),
  );
  /** The credits that each file shows. */
  readonly shown: ReadonlyMap<string, readonly Credit[]> = $derived.by(() => {
    const shown = new Map<string, Credit[]>();
    for (const credit of this.credits) {
      for (const { sha256 } of credit.proofs) {
        shown.set(sha256, [...(shown.get(sha256) ?? []), credit]);
      }
    }
    return shown;
  });
  /** The rules of her certifications, those of the one looked at first. */
  readonly held: readonly PackView[] = $derived.by(() => {
    const looked = this.credential?.pack;
    const packs = this.home?.credentials.map((view) => view.pack) ?? [];
    const all = looked ? [looked, ...packs] : packs;
    return [...new Map(all.map((pack) => [pack.id, pack])).values()];
  });

  async load(): Promise<void> {
    const [home, packs] = await Promise.all([readHome(), readPacks()]);
    this.packs = packs;
    await this.adopt(home);
  }

  /** Takes over what a command answered about holder and certifications. */
  async adopt(home: Home): Promise<void> {
    const looked = this.credential?.credential.id;
    const credential =
      home.credentials.find((view) => view.credential.id === looked) ?? home.credentials[0] ?? null;
    const [credits, removed, facts, answers, undoable, judged] = home.holder
      ? await Promise.all([
          readCredits(),
          readRemoved(),
          readFacts(),
          readAnswers(),
          readUndoable(),
          Promise.all(home.credentials.map(judge)),
        ])
      : [[], [], [], [], NOTHING, []];
    this.home = home;
    this.deleted = null;
    this.credential = credential;
    this.credits = credits;
    this.removed = removed;
    this.facts = facts;
    this.answers = answers;
    this.undoable = undoable;
    this.evaluations = new Map(
      judged.flatMap(([id, answer]) => ('code' in answer ? [] : [[id, answer]])),
    );
    this.unjudged = new Map(
      judged.flatMap(([id, answer]) => ('code' in answer ? [[id, answer]] : [])),
    );
  }

  /** Reads anew what hangs on credits, facts and answers. */
  async refresh(): Promise<void> {
    if (this.home) await this.adopt(this.home);
  }

  /** Looks at another certification. */
  look(id: string): void {
    this.credential =
      this.home?.credentials.find((view) => view.credential.id === id) ?? this.credential;
  }
}

/** What is wrong with one certification's rules is said where she looks at it, and hides nothing else. */
const judge = async ({
  credential: { id },
}: CredentialView): Promise<[string, Evaluation | Failure]> => [
  id,
  await readEvaluation(id).catch(failure),
];
