// Which screen is shown, and what keeps her from leaving it.
import type { TranscriptChoice } from '../ipc/bindings/TranscriptChoice';
import type { DroppedFiles } from '../ipc/bindings/DroppedFiles';

/** Which credits a list shows. */
export type Show = 'all' | 'counted' | 'not_counted' | 'unproven' | 'draft';

/** One screen with what it needs to open. */
export type View =
  | { name: 'overview'; asking?: boolean }
  | { name: 'credits'; show?: Show }
  | { name: 'credit'; id: string | null; files?: DroppedFiles }
  | { name: 'import' }
  | { name: 'transcript' }
  | { name: 'renewals'; sending?: TranscriptChoice }
  | { name: 'submission'; id: string }
  | { name: 'backups' }
  | { name: 'details' };

/** A form that dropped files go to. */
export interface Taker {
  /** What they are attached to, within a sentence. */
  to: string;
  receive: (files: DroppedFiles) => void;
}

/** The screen shown now. A form with unsaved changes may hold it. */
export class Views {
  current = $state.raw<View>({ name: 'overview' });
  /** What she wanted to do while a form had unsaved changes. */
  held = $state.raw<(() => void) | null>(null);
  /** The forms that dropped files go to: to the one that was opened last. */
  takers = $state.raw<readonly Taker[]>([]);
  readonly #unsaved = new Set<() => boolean>();

  /** Goes to a screen, or asks first. One that is shown already begins anew. */
  go(view: View): void {
    this.first(() => (this.current = { ...view }));
  }

  /** Does what would give up the changes of a form, or asks first. */
  first(act: () => void): void {
    if (this.editing()) this.held = act;
    else act();
  }

  /** Makes a form anew whose record has changed under it. */
  renew(): void {
    this.current = { ...this.current };
  }

  /** Whether a form has unsaved changes. */
  editing(): boolean {
    return [...this.#unsaved].some((unsaved) => unsaved());
  }

  /** Asks before leaving while `unsaved` says so. The answer takes the guard away. */
  guard(unsaved: () => boolean): () => void {
    this.#unsaved.add(unsaved);
    return () => void this.#unsaved.delete(unsaved);
  }

  /** Sends dropped files to a form. The answer ends that. */
  take(taker: Taker): () => void {
    this.takers = [...this.takers, taker];
    return () => (this.takers = this.takers.filter((other) => other !== taker));
  }

  /** Does what she wanted to do; the changes are given up. */
  leave(): void {
    const act = this.held;
    this.#unsaved.clear();
    this.held = null;
    act?.();
  }

  /** Stays with the form. */
  stay(): void {
    this.held = null;
  }
}
