// A back end made of nothing: answers every command from memory, for tests and for looking at the screens.
import type { Channel, InvokeArgs } from '@tauri-apps/api/core';
import { mockIPC, mockWindows } from '@tauri-apps/api/mocks';

import type { Credit } from '../bindings/Credit';
import type { DroppedFiles } from '../bindings/DroppedFiles';
import type { Error as RecertError } from '../bindings/Error';
import type { ShellEvent } from '../bindings/ShellEvent';
import { backups } from './backups';
import { credits } from './credits';
import { details } from './details';
import { evaluation } from './evaluation';
import { facts } from './facts';
import { history } from './history';
import { keep, type FakeOptions } from './kept';
import { preflight } from './preflight';
import { proofs } from './proofs';
import { renewals } from './renewals';
import { sheets } from './sheets';
import { SPREADSHEET, spreadsheet } from './spreadsheet';
import { transcript } from './transcript';

export type { FakeOptions } from './kept';

const STOPPED: RecertError = {
  code: 'cancelled',
  message: 'It was stopped, and the record is as it was.',
  fields: [],
};

export interface Fake {
  /** Every command in its order, with what it was given. */
  calls: { command: string; args: Record<string, unknown> }[];
  credits: () => Credit[];
  /** Another program adds a credit to the record. */
  addElsewhere: (added: Credit) => void;
  hover: (over: boolean) => Promise<void>;
  drop: (files: DroppedFiles) => Promise<void>;
  /** Long work has come so far, in percent. */
  progress: (percent: number) => Promise<void>;
  /** Keeps a command waiting, until what this returns is called; `stop_work` ends it, as in the shell. */
  hold: (command: string) => () => void;
}

export function installFake(options: FakeOptions = {}): Fake {
  const { failing = {} } = options;
  const kept = keep(options);
  const past = history(kept);
  const files = proofs(kept, options.chosen ?? ['chosen certificate.pdf']);
  const calls: Fake['calls'] = [];
  const held = new Map<string, Promise<void>>();
  let stop = () => {};
  let tell: (event: ShellEvent) => void = () => {};
  let elsewhere = false;

  const answers: Record<string, (args: never) => unknown> = {
    changed_elsewhere: () => {
      const changed = elsewhere;
      elsewhere = false;
      return changed;
    },
    watch_shell: ({ events }: { events: Channel<ShellEvent> }) => {
      tell = (event) => events.onmessage(event);
      return null;
    },
    stop_work: () => {
      stop();
      return null;
    },
    ...details(kept),
    ...credits(kept),
    ...facts(kept),
    ...evaluation(kept),
    ...preflight(kept, options.everyCheck ?? false),
    ...past.commands,
    ...files.commands,
    ...backups(kept, options),
    ...renewals({ home: kept.home, credits: () => kept.credits, judged: kept.judged }),
    ...spreadsheet(kept, options.spreadsheet === undefined ? SPREADSHEET : options.spreadsheet),
    ...transcript(options.makersLocked ?? 0),
    ...sheets(),
  };

  mockWindows('main');
  mockIPC((command: string, args?: InvokeArgs) => {
    const given = (args ?? {}) as Record<string, unknown>;
    calls.push({ command, args: given });
    const fault = failing[command];
    if (fault) throw fault;
    const answer = answers[command];
    if (!answer) throw `command ${command} not found`;
    const reply = () => structuredClone(past.note(command, given, () => answer(given as never)));
    return held.get(command)?.then(reply) ?? reply();
  });

  return {
    calls,
    credits: () => kept.credits,
    addElsewhere: (added) => {
      kept.credits = [...kept.credits, added];
      elsewhere = true;
    },
    hold: (command) => {
      let release = () => {};
      const waiting = new Promise<void>((resolve, reject) => {
        release = resolve;
        stop = () => reject(STOPPED);
      });
      held.set(command, waiting);
      return () => release();
    },
    hover: async (over) => tell({ files_hover: over }),
    drop: async (dropped) => {
      files.hold(dropped);
      tell({ files_dropped: dropped });
    },
    progress: async (percent) => tell({ progress: percent }),
  };
}
