// What the window may ask of the record: one line for each command of the shell.
import { invoke, type Channel } from '@tauri-apps/api/core';

import type { AnswerInput } from './bindings/AnswerInput';
import type { AttachReport } from './bindings/AttachReport';
import type { Backups } from './bindings/Backups';
import type { BackupTaken } from './bindings/BackupTaken';
import type { Check } from './bindings/Check';
import type { CheckedFile } from './bindings/CheckedFile';
import type { ChosenBackup } from './bindings/ChosenBackup';
import type { Copies } from './bindings/Copies';
import type { CredentialInput } from './bindings/CredentialInput';
import type { CredentialPreview } from './bindings/CredentialPreview';
import type { Credit } from './bindings/Credit';
import type { CreditInput } from './bindings/CreditInput';
import type { CreditPreview } from './bindings/CreditPreview';
import type { DeletionView } from './bindings/DeletionView';
import type { Evaluation } from './bindings/Evaluation';
import type { FactInput } from './bindings/FactInput';
import type { FactView } from './bindings/FactView';
import type { Found } from './bindings/Found';
import type { FrozenView } from './bindings/FrozenView';
import type { HistoryStep } from './bindings/HistoryStep';
import type { HolderInput } from './bindings/HolderInput';
import type { Home } from './bindings/Home';
import type { ImportPreview } from './bindings/ImportPreview';
import type { Listed } from './bindings/Listed';
import type { Moved } from './bindings/Moved';
import type { OutsideView } from './bindings/OutsideView';
import type { PacketChoice } from './bindings/PacketChoice';
import type { PacketReport } from './bindings/PacketReport';
import type { PackView } from './bindings/PackView';
import type { PeriodInput } from './bindings/PeriodInput';
import type { Preview } from './bindings/Preview';
import type { ProofOwner } from './bindings/ProofOwner';
import type { ProofRole } from './bindings/ProofRole';
import type { RenewalInput } from './bindings/RenewalInput';
import type { Renewals } from './bindings/Renewals';
import type { RestoreView } from './bindings/RestoreView';
import type { SavedFile } from './bindings/SavedFile';
import type { SavedTranscript } from './bindings/SavedTranscript';
import type { SheetKind } from './bindings/SheetKind';
import type { ShellEvent } from './bindings/ShellEvent';
import type { SubmissionInput } from './bindings/SubmissionInput';
import type { TranscriptChoice } from './bindings/TranscriptChoice';
import type { Undoable } from './bindings/Undoable';
import type { Verification } from './bindings/Verification';

export const watchShell = (events: Channel<ShellEvent>) => invoke<null>('watch_shell', { events });
export const stopWork = () => invoke<null>('stop_work');

export const readHome = () => invoke<Home>('read_home');
export const changedElsewhere = () => invoke<boolean>('changed_elsewhere');
export const readPacks = () => invoke<PackView[]>('read_packs');
export const readEvaluation = (credential: string) =>
  invoke<Evaluation>('read_evaluation', { credential });
export const readPreflight = (credential: string) =>
  invoke<Check[]>('read_preflight', { credential });
export const readCredits = () => invoke<Credit[]>('read_credits');

export const previewCredential = (input: CredentialInput) =>
  invoke<CredentialPreview>('preview_credential', { input });
export const startRecord = (name: string, credential: CredentialInput) =>
  invoke<Home>('start_record', { name, credential });
export const saveHolder = (input: HolderInput) => invoke<Home>('save_holder', { input });
export const saveCredential = (id: string | null, input: CredentialInput) =>
  invoke<Home>('save_credential', { id, input });

export const previewCredit = (credential: string, input: CreditInput) =>
  invoke<CreditPreview>('preview_credit', { credential, input });
export const saveCredit = (input: CreditInput) => invoke<Credit>('save_credit', { input });
export const removeCredit = (id: string) => invoke<null>('remove_credit', { id });
export const restoreCredit = (id: string) => invoke<Credit>('restore_credit', { id });
export const readRemoved = () => invoke<Credit[]>('read_removed');
export const emptyTrash = () => invoke<number>('empty_trash');
export const searchCredits = (typed: string) => invoke<Found[]>('search_credits', { typed });
export const readTexts = () => invoke<number>('read_texts');

export const readFacts = () => invoke<FactView[]>('read_facts');
export const saveFact = (id: string | null, input: FactInput) =>
  invoke<FactView>('save_fact', { id, input });
export const removeFact = (id: string) => invoke<null>('remove_fact', { id });
export const restoreFact = (id: string) => invoke<null>('restore_fact', { id });

export const readAnswers = () => invoke<AnswerInput[]>('read_answers');
export const answerQuestion = (input: AnswerInput) => invoke<null>('answer_question', { input });
export const removeAnswer = (answer: AnswerInput) => invoke<null>('remove_answer', { answer });
export const whatIf = (credential: string, on: string, planned: boolean) =>
  invoke<Evaluation>('what_if', { credential, on, planned });

export const readUndoable = () => invoke<Undoable>('read_undoable');
export const undoLast = () => invoke<string>('undo_last');
export const redoLast = () => invoke<string>('redo_last');
export const readHistoryOf = (id: string) => invoke<HistoryStep[]>('read_history_of', { id });

export const attachProofs = (owner: ProofOwner, roles: readonly ProofRole[]) =>
  invoke<AttachReport | null>('attach_proofs', { owner, roles });
export const attachDropped = (owner: ProofOwner, drop: number, roles: readonly ProofRole[]) =>
  invoke<AttachReport>('attach_dropped', { owner, drop, roles });
export const setProofRole = (owner: ProofOwner, sha256: string, role: ProofRole) =>
  invoke<null>('set_proof_role', { owner, sha256, role });
export const detachProof = (owner: ProofOwner, sha256: string) =>
  invoke<null>('detach_proof', { owner, sha256 });
export const openProof = (sha256: string) => invoke<null>('open_proof', { sha256 });
export const previewProof = (sha256: string, page: number, width: number) =>
  invoke<Preview>('preview_proof', { sha256, page, width });

export const readBackups = () => invoke<Backups>('read_backups');
export const backUp = () => invoke<BackupTaken>('back_up');
export const chooseOutsidePlace = () => invoke<OutsideView | null>('choose_outside_place');
export const resumeOutsidePlace = () => invoke<OutsideView | null>('resume_outside_place');
export const forgetOutsidePlace = () => invoke<null>('forget_outside_place');
export const moveRecord = () => invoke<Moved>('move_record');

export const previewDeletion = (outside: boolean) =>
  invoke<DeletionView>('preview_deletion', { outside });
export const deleteEverything = (outside: boolean) =>
  invoke<DeletionView>('delete_everything', { outside });

export const readCopies = () => invoke<Copies>('read_copies');
export const putOffOutsidePlace = () => invoke<null>('put_off_outside_place');
export const checkEverything = () => invoke<Verification>('check_everything');
export const chooseBackupFile = () => invoke<ChosenBackup | null>('choose_backup_file');
export const chooseBackupFolder = () => invoke<ChosenBackup | null>('choose_backup_folder');
export const previewRestore = (
  name: string | null,
  passphrase: string | null,
  evenIfCostly: boolean,
) => invoke<RestoreView>('preview_restore', { name, passphrase, evenIfCostly });
export const restoreBackup = (
  name: string | null,
  passphrase: string | null,
  evenIfCostly: boolean,
) => invoke<RestoreView>('restore_backup', { name, passphrase, evenIfCostly });

export const saveBackupFile = (passphrase: string) =>
  invoke<SavedFile | null>('save_backup_file', { passphrase });

export const chooseSpreadsheet = () => invoke<ImportPreview | null>('choose_spreadsheet');
export const importSpreadsheet = () => invoke<number>('import_spreadsheet');

export const previewTranscript = (
  credential: string,
  choice: TranscriptChoice,
  page: number,
  width: number,
) => invoke<Preview>('preview_transcript', { credential, choice, page, width });
export const saveTranscript = (credential: string, choice: TranscriptChoice) =>
  invoke<SavedTranscript | null>('save_transcript', { credential, choice });
export const printTranscript = (credential: string, choice: TranscriptChoice) =>
  invoke<null>('print_transcript', { credential, choice });
export const readPacketLists = (credential: string) =>
  invoke<Listed>('read_packet_lists', { credential });
export const savePacket = (credential: string, choice: PacketChoice) =>
  invoke<PacketReport | null>('save_packet', { credential, choice });
export const savePacketFolder = (credential: string, choice: PacketChoice) =>
  invoke<PacketReport | null>('save_packet_folder', { credential, choice });
export const checkFile = () => invoke<CheckedFile | null>('check_file');
export const saveSheet = (
  kind: SheetKind,
  credential: string,
  choice: TranscriptChoice,
  withNumber: boolean,
) => invoke<SavedFile | null>('save_sheet', { kind, credential, choice, withNumber });
export const printSheet = (
  kind: SheetKind,
  credential: string,
  choice: TranscriptChoice,
  withNumber: boolean,
) => invoke<null>('print_sheet', { kind, credential, choice, withNumber });
export const openSaved = () => invoke<null>('open_saved');
export const exportRecord = () => invoke<SavedFile | null>('export_record');

export const readRenewals = (credential: string) =>
  invoke<Renewals>('read_renewals', { credential });
export const readFrozen = (id: string) => invoke<FrozenView>('read_frozen', { id });
export const keepSubmission = (
  credential: string,
  choice: TranscriptChoice,
  input: SubmissionInput,
) => invoke<Home>('keep_submission', { credential, choice, input });
export const saveSubmission = (id: string, input: SubmissionInput) =>
  invoke<Home>('save_submission', { id, input });
export const removeSubmission = (id: string) => invoke<Home>('remove_submission', { id });
export const openSentTranscript = (id: string) => invoke<null>('open_sent_transcript', { id });
export const saveSentTranscript = (id: string) =>
  invoke<SavedFile | null>('save_sent_transcript', { id });
export const renew = (credential: string, input: RenewalInput) =>
  invoke<Home>('renew_credential', { credential, input });
export const savePeriod = (credential: string, input: PeriodInput) =>
  invoke<Home>('save_period', { credential, input });
export const removePeriod = (credential: string, from: string) =>
  invoke<Home>('remove_period', { credential, from });
