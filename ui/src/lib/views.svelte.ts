// Which screen is shown, and what keeps her from leaving it.
import type { DroppedFiles } from '../ipc/bindings/DroppedFiles';

/** Which credits a list shows. */
export type Show = 'all' | 'counted' | 'not_counted' | 'unproven' | 'draft';

/** One screen with what it needs to open. */
export type View =
  | { name: 'overview' }
  | { name: 'credits'; show?: Show }
  | { name: 'credit'; id: string | null; files?: DroppedFiles }
  | { name: 'import' }
  | { name: 'transcript' }
  | { name: 'backups' }
  | { name: 'details' };

/** The screen shown now. A form with unsaved changes may hold it. */
export class Views {
  current = $state.raw<View>({ name: 'overview' });
  /** Where she wanted to go while a form had unsaved changes. */
  held = $state.raw<View | null>(null);
  #unsaved: () => boolean = () => false;

  /** Goes to a screen, or asks first. */
  go(view: View): void {
    if (this.#unsaved()) this.held = view;
    else this.current = view;
  }

  /** Whether a form has unsaved changes. */
  editing(): boolean {
    return this.#unsaved();
  }

  /** Asks before leaving while `unsaved` says so. The answer takes the guard away. */
  guard(unsaved: () => boolean): () => void {
    this.#unsaved = unsaved;
    return () => {
      if (this.#unsaved === unsaved) this.#unsaved = () => false;
    };
  }

  /** Goes where she wanted to go; the changes are given up. */
  leave(): void {
    const view = this.held;
    this.#unsaved = () => false;
    this.held = null;
    if (view) this.current = view;
  }

  /** Stays with the form. */
  stay(): void {
    this.held = null;
  }
}
