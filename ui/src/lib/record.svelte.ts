// The record as the window knows it: read once, kept in step with every change.
import type { CredentialView } from '../ipc/bindings/CredentialView';
import type { Credit } from '../ipc/bindings/Credit';
import type { CreditOutcome } from '../ipc/bindings/CreditOutcome';
import type { Evaluation } from '../ipc/bindings/Evaluation';
import type { Home } from '../ipc/bindings/Home';
import type { PackView } from '../ipc/bindings/PackView';
import { readCredits, readEvaluation, readHome, readPacks } from '../ipc/commands';

export class OpenRecord {
  home = $state.raw<Home | null>(null);
  packs = $state.raw<PackView[]>([]);
  credits = $state.raw<Credit[]>([]);
  evaluation = $state.raw<Evaluation | null>(null);
  /** The certification looked at. */
  credential = $state.raw<CredentialView | null>(null);
  readonly outcomes: ReadonlyMap<string, CreditOutcome> = $derived(
    new Map(this.evaluation?.credits.map((outcome) => [outcome.id, outcome])),
  );

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
    const [credits, evaluation] = home.holder
      ? await Promise.all([
          readCredits(),
          credential ? readEvaluation(credential.credential.id) : Promise.resolve(null),
        ])
      : [[], null];
    this.home = home;
    this.credential = credential;
    this.credits = credits;
    this.evaluation = evaluation;
  }

  /** Reads credits and evaluation anew. */
  async refresh(): Promise<void> {
    if (this.home) await this.adopt(this.home);
  }

  /** Looks at another certification. */
  async look(id: string): Promise<void> {
    const credential = this.home?.credentials.find((view) => view.credential.id === id);
    if (!credential) return;
    this.evaluation = await readEvaluation(id);
    this.credential = credential;
  }
}
