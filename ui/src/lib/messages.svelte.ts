// The one short message at the foot of the window: what was done, and how to take it back.

export interface Message {
  text: string;
  action?: { label: string; run: () => void };
}

/** Long enough to read twice. One with an action stays until it is used, closed or replaced. */
const LASTS = 8_000;

export class Messages {
  current = $state.raw<Message | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string, action?: Message['action']): void {
    clearTimeout(this.#timer);
    this.current = action ? { text, action } : { text };
    if (!action) this.#timer = setTimeout(() => this.clear(), LASTS);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.current = null;
  }
}
