// A back end made of nothing: answers every command from memory, for tests and for looking at the screens.
import type { InvokeArgs } from '@tauri-apps/api/core';
import { emit } from '@tauri-apps/api/event';
import { mockIPC, mockWindows } from '@tauri-apps/api/mocks';

import { long } from '../../lib/dates';
import { parse, sum } from '../../lib/decimal';
import type { AnswerInput } from '../bindings/AnswerInput';
import type { AwardInput } from '../bindings/AwardInput';
import type { Backups } from '../bindings/Backups';
import type { BackupView } from '../bindings/BackupView';
import type { Copies } from '../bindings/Copies';
import type { CredentialInput } from '../bindings/CredentialInput';
import type { Credit } from '../bindings/Credit';
import type { CreditInput } from '../bindings/CreditInput';
import type { DroppedFiles } from '../bindings/DroppedFiles';
import type { Error as RecertError } from '../bindings/Error';
import type { Evaluation } from '../bindings/Evaluation';
import type { FactInput } from '../bindings/FactInput';
import type { FactView } from '../bindings/FactView';
import type { FieldFault } from '../bindings/FieldFault';
import type { Found } from '../bindings/Found';
import type { HistoryStep } from '../bindings/HistoryStep';
import type { Holder } from '../bindings/Holder';
import type { HolderInput } from '../bindings/HolderInput';
import type { Home } from '../bindings/Home';
import type { ImportPreview } from '../bindings/ImportPreview';
import type { ProofOwner } from '../bindings/ProofOwner';
import type { ProofRef } from '../bindings/ProofRef';
import type { ProofRole } from '../bindings/ProofRole';
import type { RestoreView } from '../bindings/RestoreView';
import type { Verification } from '../bindings/Verification';
import { judge } from './judge';
import { renewals } from './renewals';
import { CREDENTIAL, CREDITS, credit, HOLDER, PACK, TODAY } from './sample';
import { judgeSecond, SECOND, SECOND_PACK } from './second';

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
  /** What a restore changes. */
  restore?: Partial<RestoreView>;
  /** What reading everything again finds. */
  checked?: Partial<Verification>;
  /** The files that the dialog gives. */
  chosen?: string[];
}

/** As much of the record as can be changed and taken back. */
interface State {
  credits: Credit[];
  facts: FactView[];
  given: AnswerInput[];
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
  save_holder: 'Changed your name or numbers',
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

export interface Fake {
  /** Every command in its order, with what it was given. */
  calls: { command: string; args: Record<string, unknown> }[];
  credits: () => Credit[];
  /** Another program adds a credit to the record. */
  addElsewhere: (added: Credit) => void;
  hover: (over: boolean) => Promise<void>;
  drop: (files: DroppedFiles) => Promise<void>;
}

const backup = (day: string, reason: string, credits: number): BackupView => ({
  name: `${day.replaceAll('-', '')}T150000Z-${reason}`,
  taken_at: `${day}T15:00:00Z`,
  reason,
  holds: { credits, files: credits - 4 },
});

export const BACKUPS: Backups = {
  backups: [
    backup('2025-11-22', 'daily', 31),
    backup('2025-11-15', 'asked', 30),
    backup('2025-11-08', 'import', 22),
    backup('2025-10-28', 'daily', 22),
  ],
  outside: null,
  synced: null,
  failed: null,
};

const RESTORE: RestoreView = {
  taken_at: '2025-11-15T15:00:00Z',
  added: [
    { entity: 'credit', id: 'c40', title: 'Wound Care Basics' },
    { entity: 'credit', id: 'c41', title: 'Phlebotomy Refresher' },
  ],
  changed: [{ entity: 'holder', id: '', title: 'Maria Delgado' }],
  removed: [{ entity: 'credit', id: 'c31', title: 'Medication Safety' }],
  brought_back: 2,
  refused: [],
  missing: [],
  way_back: null,
  set_aside: null,
};

export const SPREADSHEET: ImportPreview = {
  name: 'my ceus.csv',
  credits: [
    credit('', {
      title: 'Medication Reconciliation',
      provider: 'Harbor Clinical Education',
      completed_on: '2025-03-02',
      amount: '1.5',
      unit: 'contact_hour',
      split: { clinical: '1.5' },
    }),
    credit('', {
      title: 'Front Office Ethics',
      provider: 'CareBridge Learning',
      completed_on: '2025-06-21',
      amount: '2',
      unit: 'aama_ceu',
      approver: 'aama',
      split: { general: '2' },
    }),
  ],
  faults: [
    {
      row: 5,
      column: 'completed_on',
      value: '13/45/2024',
      reason: 'is not a date as it is needed here; write year-month-day, such as 2024-03-09',
    },
    {
      row: 9,
      column: 'amount',
      value: 'two',
      reason: 'is not an amount; write a number such as 1.5, zero or more',
    },
  ],
  duplicates: 3,
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

export function installFake(options: FakeOptions = {}): Fake {
  const { failing = {} } = options;
  const home: Home = {
    vault: '/home/maria/.local/share/recert',
    version: '0.1.0',
    today: TODAY,
    holder: (options.started ?? true) ? HOLDER : null,
    credentials:
      (options.started ?? true)
        ? structuredClone([CREDENTIAL, ...(options.second ? [SECOND] : [])])
        : [],
  };
  let credits = structuredClone(options.credits ?? (home.holder ? CREDITS : []));
  const spreadsheet = options.spreadsheet === undefined ? SPREADSHEET : options.spreadsheet;
  let facts = structuredClone(options.facts ?? []);
  let backups: Backups = { ...BACKUPS, ...options.backups };
  let elsewhere = false;
  let putOff = false;
  let removedFact: FactView | null = null;
  let given: AnswerInput[] = [];
  let removed: Credit[] = [];
  /** What was done and what was undone, each with the record before it and after it. */
  const done: Step[] = [];
  const undone: Step[] = [];
  const calls: Fake['calls'] = [];
  let made = 0;

  const attachTo = (owner: ProofOwner, names: string[], roles: ProofRole[]) => {
    const taken = names.filter((name) => !name.endsWith('.exe'));
    const proofs = taken.map((name, index) => ({
      sha256: `${++made}`.padStart(64, 'f'),
      name,
      role: roles[index] ?? roles.at(-1) ?? 'certificate',
    }));
    changeProofs(owner, (kept) => [...kept, ...proofs]);
    const refused = names
      .filter((name) => !taken.includes(name))
      .map((name) => ({ name, reason: 'It is a program. Attach a PDF or a picture.' }));
    const remarks = taken
      .filter((name) => name.endsWith('.jpg'))
      .map((name) => ({ name, message: 'This looks like a photo. It is kept.' }));
    return { attached: taken, refused, remarks };
  };
  const changeProofs = (owner: ProofOwner, how: (proofs: ProofRef[]) => ProofRef[]) => {
    const changed = <T extends { id: string; proofs: ProofRef[] }>(all: T[], id: string) =>
      all.map((kept) => (kept.id === id ? { ...kept, proofs: how(kept.proofs) } : kept));
    if (owner === 'holder') {
      if (home.holder) home.holder = { ...home.holder, documents: how(home.holder.documents) };
    } else if ('credit' in owner) credits = changed(credits, owner.credit);
    else facts = changed(facts, owner.fact);
  };
  const drops = new Map<number, string[]>();
  const answered = (question: string, credit: string) =>
    given.some((answer) => answer.question === question && answer.credits.includes(credit));
  const judged = (credential: string, all: readonly Credit[], on = TODAY) =>
    options.evaluations?.[credential] ??
    (credential === 'rcma' ? judgeSecond(all, facts) : judge(all, on, answered));

  const state = (): State => ({ credits, facts, given, removed, holder: home.holder });
  const adopt = (kept: State) => {
    ({ credits, facts, given, removed } = kept);
    home.holder = kept.holder;
  };

  const restored = (
    { name, passphrase }: { name: string | null; passphrase: string | null },
    way_back: string | null,
  ): RestoreView => {
    if (!name && options.locked !== undefined && passphrase !== options.locked) {
      const message = 'The passphrase does not open this file. Check capital letters and spaces.';
      throw { code: 'passphrase', message, fields: [] } satisfies RecertError;
    }
    return { ...RESTORE, ...options.restore, way_back };
  };

  const answers: Record<string, (args: never) => unknown> = {
    read_home: () => home,
    changed_elsewhere: () => {
      const changed = elsewhere;
      elsewhere = false;
      return changed;
    },
    read_packs: () => [PACK, SECOND_PACK],
    read_evaluation: ({ credential }: { credential: string }) => judged(credential, credits),
    read_credits: () => credits,
    preview_credential: ({ input }: { input: CredentialInput }) => ({
      period: CREDENTIAL.period,
      sentence: `You’re current through ${long(
        input.expires_on || '2026-03-31',
      )}. Does your card say the same?`,
    }),
    start_record: ({ name, credential }: { name: string; credential: CredentialInput }) => {
      home.holder = { ...HOLDER, name, former_names: [], issuer_ids: {} };
      home.credentials = [
        { ...CREDENTIAL, credential: { ...CREDENTIAL.credential, ...dates(credential) } },
      ];
      return home;
    },
    save_holder: ({ input }: { input: HolderInput }) => {
      home.holder = { ...HOLDER, ...input, born_on: input.born_on || null };
      return home;
    },
    save_credential: ({ input }: { input: CredentialInput }) => {
      home.credentials = [
        { ...CREDENTIAL, credential: { ...CREDENTIAL.credential, ...dates(input) } },
      ];
      return home;
    },
    preview_credit: ({ credential, input }: { credential: string; input: CreditInput }) => {
      const faults = faultsOf(input);
      const typed = asCredit(input, input.id ?? 'preview', credits);
      const others = credits.filter((kept) => kept.id !== input.id);
      return {
        faults,
        evaluation: faults.length > 0 ? null : judged(credential, [...others, typed]),
      };
    },
    save_credit: ({ input }: { input: CreditInput }) => {
      const fields = faultsOf(input);
      if (fields.length > 0) {
        const message = 'The credit is not saved yet. Correct the fields that are marked.';
        throw { code: 'invalid', message, fields } satisfies RecertError;
      }
      const typed = asCredit(input, input.id ?? `n${++made}`, credits);
      credits = [...credits.filter((kept) => kept.id !== typed.id), typed];
      return typed;
    },
    remove_credit: ({ id }: { id: string }) => {
      const gone = credits.find((kept) => kept.id === id);
      if (gone) removed = [...removed, gone];
      credits = credits.filter((kept) => kept.id !== id);
      return null;
    },
    restore_credit: ({ id }: { id: string }) => {
      const back = removed.find((kept) => kept.id === id);
      removed = removed.filter((kept) => kept.id !== id);
      if (back) credits = [...credits, back];
      return back;
    },
    read_removed: () => removed,
    empty_trash: () => {
      const gone = removed.length;
      removed = [];
      return gone;
    },
    search_credits: ({ typed }: { typed: string }) => found(credits, typed),
    read_texts: () => 0,
    read_facts: () => facts,
    save_fact: ({ id, input }: { id: string | null; input: FactInput }) => {
      const fields = factFaults(input);
      if (fields.length > 0) {
        throw { code: 'invalid', message: 'This was not saved.', fields } satisfies RecertError;
      }
      if (id) facts = facts.map((kept) => (kept.id === id ? { ...kept, input } : kept));
      else facts = [...facts, { id: `f${++made}`, input, proofs: [] }];
      return id ? facts.find((kept) => kept.id === id) : facts.at(-1);
    },
    remove_fact: ({ id }: { id: string }) => {
      removedFact = facts.find((kept) => kept.id === id) ?? null;
      facts = facts.filter((kept) => kept.id !== id);
      return null;
    },
    restore_fact: () => {
      if (removedFact) facts = [...facts, removedFact];
      return null;
    },
    read_answers: () => given,
    answer_question: ({ input }: { input: AnswerInput }) => {
      given = [...given, input];
      return null;
    },
    remove_answer: ({ answer }: { answer: AnswerInput }) => {
      given = given.filter((kept) => JSON.stringify(kept) !== JSON.stringify(answer));
      return null;
    },
    what_if: ({
      credential,
      on,
      planned,
    }: {
      credential: string;
      on: string;
      planned: boolean;
    }) => {
      const done = (kept: Credit): Credit =>
        planned && kept.status === 'planned' ? { ...kept, status: 'completed' } : kept;
      return judged(credential, credits.map(done), on);
    },
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
    attach_proofs: ({ owner, roles }: { owner: ProofOwner; roles: ProofRole[] }) =>
      attachTo(owner, options.chosen ?? ['chosen certificate.pdf'], roles),
    attach_dropped: ({
      owner,
      drop,
      roles,
    }: {
      owner: ProofOwner;
      drop: number;
      roles: ProofRole[];
    }) => attachTo(owner, drops.get(drop) ?? [], roles),
    set_proof_role: ({
      owner,
      sha256,
      role,
    }: {
      owner: ProofOwner;
      sha256: string;
      role: ProofRole;
    }) => {
      changeProofs(owner, (kept) =>
        kept.map((proof) => (proof.sha256 === sha256 ? { ...proof, role } : proof)),
      );
      return null;
    },
    detach_proof: ({ owner, sha256 }: { owner: ProofOwner; sha256: string }) => {
      changeProofs(owner, (kept) => kept.filter((proof) => proof.sha256 !== sha256));
      return null;
    },
    open_proof: () => null,
    preview_proof: ({ page }: { page: number }) => ({ image: picture(page), pages: 3 }),
    read_backups: () => backups,
    back_up: () => {
      const taken = backup(TODAY, 'asked', credits.length);
      backups = { ...backups, backups: [taken, ...backups.backups], failed: null };
      return { backup: taken, copied: 2, left_out: [] };
    },
    choose_outside_place: () => {
      const outside = {
        folder: '/media/maria/STICK/Recert backup',
        reachable: true,
        last_outside: `${TODAY}T15:00:00Z`,
        backups: backups.backups.slice(0, 1),
      };
      backups = { ...backups, outside };
      return outside;
    },
    forget_outside_place: () => {
      backups = { ...backups, outside: null };
      return null;
    },
    move_record: () => {
      backups = { ...backups, synced: null };
      const old = `${home.vault}-moved-1`;
      home.vault = '/home/maria/.local/share/recert';
      return { to: home.vault, old };
    },
    choose_backup_file: () => ({
      label: 'recert-backup-2025-11-15.recert',
      locked: options.locked !== undefined,
    }),
    choose_backup_folder: () => ({ label: 'Recert backup', locked: false }),
    preview_restore: (asked: { name: string | null; passphrase: string | null }) =>
      restored(asked, null),
    restore_backup: (asked: { name: string | null; passphrase: string | null }) => {
      const way = home.holder ? `${TODAY.replaceAll('-', '')}T160000Z-restore` : null;
      home.holder ??= HOLDER;
      if (home.credentials.length === 0) home.credentials = [CREDENTIAL];
      return restored(asked, way);
    },
    save_backup_file: () => ({
      name: 'recert-backup-2025-11-22.recert',
      folder: '/media/maria/STICK',
    }),
    read_copies: (): Copies => {
      const last_outside = backups.outside?.last_outside ?? null;
      return {
        place: backups.outside !== null,
        last_outside,
        overdue: backups.outside !== null && (last_outside ?? '') < '2025-11-08',
        ask: backups.outside === null && !putOff,
      };
    },
    put_off_outside_place: () => {
      putOff = true;
      return null;
    },
    check_everything: (): Verification => ({
      credits: credits.length,
      originals: 27,
      bytes: 12_400_000,
      not_here: 0,
      backups: backups.backups.length,
      healed: [],
      damage: [],
      ...options.checked,
    }),
    ...renewals({ home, credits: () => credits, judged }),
    choose_spreadsheet: () => spreadsheet,
    import_spreadsheet: () => {
      credits = [
        ...credits,
        ...(spreadsheet?.credits ?? []).map((row) => ({ ...row, id: `n${++made}` })),
      ];
      return spreadsheet?.credits.length ?? 0;
    },
    save_transcript: () => ({
      name: 'Continuing education, Maria Delgado, 2025-11-22.pdf',
      folder: '/home/maria/Documents',
    }),
    open_saved: () => null,
    export_record: () => ({
      name: 'Recert record 2025-11-22.json',
      folder: '/home/maria/Documents',
    }),
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
      const before = state();
      const answered = structuredClone(answer(given as never));
      const change = CHANGES[command];
      if (change) {
        const title = titleOf(given, [...before.credits, ...credits]);
        done.push({ text: `${change}${title && ` “${title}”`}`, before, after: state() });
        undone.length = 0;
      }
      return answered;
    },
    { shouldMockEvents: true },
  );

  return {
    calls,
    credits: () => credits,
    addElsewhere: (added) => {
      credits = [...credits, added];
      elsewhere = true;
    },
    hover: (over) => emit('files-hover', over),
    drop: (files) => {
      drops.set(files.drop, files.names);
      return emit('files-dropped', files);
    },
  };
}

const dates = (input: CredentialInput) => ({
  certified_on: input.certified_on || null,
  recertified_on: input.recertified_on || null,
  expires_on: input.expires_on || null,
});

function asCredit(input: CreditInput, id: string, credits: readonly Credit[]): Credit {
  const kept = credits.find((kept) => kept.id === id) ?? credit(id);
  const whole = (award: AwardInput) =>
    award.amount && award.unit
      ? [
          {
            amount: award.amount,
            unit: award.unit,
            approver: award.approver || null,
            number: award.number || null,
          },
        ]
      : [];
  return {
    ...kept,
    ...input,
    id,
    provider: input.provider || null,
    provider_number: input.provider_number || null,
    description: input.description || null,
    relevance: input.relevance || null,
    format: input.format || null,
    minutes: input.minutes ? Number(input.minutes) : null,
    amount: input.amount || null,
    approver: input.approver || null,
    awards: input.awards.flatMap(whole),
    sessions: input.sessions
      .filter((session) => session.title || session.amount)
      .map((session) => ({
        ...session,
        category: session.category || null,
        on: session.on || null,
      })),
    started_on: input.started_on || null,
    completed_on: input.completed_on || null,
    expires_on: input.expires_on || null,
  };
}

function factFaults(input: FactInput): FieldFault[] {
  const faults: FieldFault[] = [];
  if (input.expires_on && input.expires_on < input.issued_on) {
    faults.push({ field: 'expires_on', message: 'is before the first day' });
  }
  if (input.kind === 'work_hours' && parse(input.amount) === null) {
    faults.push({ field: 'amount', message: 'write how many hours, such as 520' });
  }
  return faults;
}

function faultsOf(input: CreditInput): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (field: string, message: string) => faults.push({ field, message });
  if (input.amount && parse(input.amount) === null) {
    fault('amount', 'is not an amount; write a number such as 1.5');
  }
  if (input.status === 'draft') return faults;
  if (!input.title) fault('title', 'write the title as the certificate prints it');
  if (!input.completed_on) fault('completed_on', 'give the day it was completed');
  if (!input.amount) fault('amount', 'give the amount as the certificate prints it');
  if (!input.unit) fault('unit', 'say what the amount counts: contact hours, AAMA CEUs, …');
  const parts = Object.values(input.split);
  if (parts.length > 0 && input.amount && parse(sum(parts)) !== parse(input.amount)) {
    const message = `the categories must add up to ${input.amount}, the amount on the certificate`;
    fault('split', message);
  }
  return faults;
}

/** The title of the credit that a command names, if it names one. */
function titleOf(args: Record<string, unknown>, credits: readonly Credit[]): string {
  const { id, input } = args as { id?: string; input?: { title?: string } };
  return input?.title ?? credits.find((credit) => credit.id === id)?.title ?? '';
}

/** What every certificate says, for a search. */
const PRINTED = 'This certifies that Maria Delgado was present';

/** The credits with every word in their title or provider, or in what is printed on their certificate. */
function found(credits: readonly Credit[], typed: string): Found[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  return credits.flatMap((credit): Found[] => {
    if (has(`${credit.title} ${credit.provider}`)) {
      return [{ credit, found_in: 'title', excerpt: [{ text: credit.title, hit: true }] }];
    }
    if (credit.proofs.length === 0 || !has(PRINTED)) return [];
    const pieces = PRINTED.split(' ').flatMap((word) => [
      { text: word, hit: words.includes(word.toLowerCase()) },
      { text: ' ', hit: false },
    ]);
    return [{ credit, found_in: 'text', excerpt: pieces }];
  });
}

/** A page of a certificate that says nothing. */
const picture = (page: number) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 85 110"><rect width="85" height="110" fill="#fff"/>
     <text x="12" y="30" font-size="9">Certificate ${page}</text></svg>`,
  )}`;
