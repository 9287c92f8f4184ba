// What the shell tells the page without being asked. It comes through one channel that the page hands over: the page may
// not listen to the events of Tauri, which name the paths of dropped files.
import { Channel } from '@tauri-apps/api/core';

import type { ShellEvent } from './bindings/ShellEvent';
import { watchShell } from './commands';

type Hear = (event: ShellEvent) => void;

const listeners = new Set<Hear>();

/** Has the shell tell what happens from now on. */
export function watch(): Promise<null> {
  const events = new Channel<ShellEvent>((event) => listeners.forEach((hear) => hear(event)));
  return watchShell(events);
}

/** Hears of whatever happens. The answer stops listening. */
export function onEvent(hear: Hear): () => void {
  listeners.add(hear);
  return () => listeners.delete(hear);
}
