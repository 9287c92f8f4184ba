// A back end made of nothing: answers every command from memory, for tests and for looking at the screens.
import type { InvokeArgs } from '@tauri-apps/api/core';
import { emit } from '@tauri-apps/api/event';
import { mockIPC, mockWindows } from '@tauri-apps/api/mocks';

import type { Credit } from '../bindings/Credit';
import type { DroppedFiles } from '../bindings/DroppedFiles';
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

export interface Fake {
  /** Every command in its order, with what it was given. */
  calls: { command: string; args: Record<string, unknown> }[];
  credits: () => Credit[];
  /** Another program adds a credit to the record. */
  addElsewhere: (added: Credit) => void;
  hover: (over: boolean) => Promise<void>;
  drop: (files: DroppedFiles) => Promise<void>;
  /** Keeps a command waiting, until what this returns is called. */
  hold: (command: string) => () => void;
}

export function installFake(options: FakeOptions = {}): Fake {
  const { failing = {} } = options;
  const kept = keep(options);
  const past = history(kept);
  const files = proofs(kept, options.chosen ?? ['chosen certificate.pdf']);
  const calls: Fake['calls'] = [];
  const held = new Map<string, Promise<void>>();
  let elsewhere = false;

  const answers: Record<string, (args: never) => unknown> = {
    changed_elsewhere: () => {
      const changed = elsewhere;
      elsewhere = false;
      return changed;
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
  mockIPC(
    (command: string, args?: InvokeArgs) => {
      const given = (args ?? {}) as Record<string, unknown>;
      calls.push({ command, args: given });
      const fault = failing[command];
      if (fault) throw fault;
      const answer = answers[command];
      if (!answer) throw `command ${command} not found`;
      const tell = () => structuredClone(past.note(command, given, () => answer(given as never)));
      return held.get(command)?.then(tell) ?? tell();
    },
    { shouldMockEvents: true },
  );

  return {
    calls,
    credits: () => kept.credits,
    addElsewhere: (added) => {
      kept.credits = [...kept.credits, added];
      elsewhere = true;
    },
    hold: (command) => {
      let release = () => {};
      held.set(command, new Promise((resolve) => (release = resolve)));
      return () => release();
    },
    hover: (over) => emit('files-hover', over),
    drop: (dropped) => {
      files.hold(dropped);
      return emit('files-dropped', dropped);
    },
  };
}
