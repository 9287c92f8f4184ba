// What is said of backups.
import type { BackupView } from '../../ipc/bindings/BackupView';
import type { OutsideView } from '../../ipc/bindings/OutsideView';
import { moment } from '../../lib/dates';
import { count } from '../../lib/words';

const REASONS: Readonly<Record<string, string>> = {
  daily: 'By itself, once a day',
  migration: 'Before a new version of Recert changed how your record is kept',
  import: 'Before credits were brought in',
  restore: 'Before another backup was restored',
  asked: 'You asked for it',
};

/** Why it was made. */
export const reasonOf = (backup: BackupView) => REASONS[backup.reason] ?? '';

/** `31 credits, 27 files`. */
export const holds = ({ holds }: BackupView) =>
  holds
    ? `${count(holds.credits, 'credit')}, ${count(holds.files, 'file')}`
    : 'It cannot be read any more.';

/** When the last copy left this computer. */
export const lastCopy = ({ last_outside }: OutsideView) =>
  last_outside
    ? `The last copy left this computer on ${moment(last_outside)}.`
    : 'No copy has left this computer yet.';
