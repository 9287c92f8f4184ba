// What is said of backups.
import type { BackupView } from '../../ipc/bindings/BackupView';
import type { OutsideView } from '../../ipc/bindings/OutsideView';
import type { LeftOut } from '../../ipc/bindings/LeftOut';
import type { RestoreView } from '../../ipc/bindings/RestoreView';
import type { TouchedView } from '../../ipc/bindings/TouchedView';
import { moment, short } from '../../lib/dates';
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

/** A backup to restore: by its name in the list, or the file or folder that was chosen last. */
export interface Chosen {
  name: string | null;
  label: string;
  locked: boolean;
}

/** Whether a restore would leave everything as it is. */
export const changesNothing = (restore: RestoreView) =>
  restore.added.length +
    restore.changed.length +
    restore.removed.length +
    restore.brought_back.length ===
  0;

/** What a restore changes, by what becomes of it. */
export const groups = ({ added, changed, removed }: RestoreView) =>
  [
    { touched: added, one: 'comes back', many: 'come back' },
    { touched: changed, one: 'becomes as it was', many: 'become as they were' },
    {
      touched: removed,
      one: 'goes, because it is not in the backup',
      many: 'go, because they are not in the backup',
    },
  ]
    .filter(({ touched }) => touched.length > 0)
    .map(({ touched, one, many }) => ({
      heading: `${what(touched)} ${touched.length === 1 ? one : many}`,
      named: touched.map(nameOf),
    }));

const what = (touched: readonly TouchedView[]) =>
  touched.every(({ entity }) => entity === 'credit')
    ? count(touched.length, 'credit')
    : count(touched.length, 'entry', 'entries');

/** Lists have names of their own, which are not hers. */
const LISTS: Readonly<Record<string, string>> = {
  answers: 'Your answers to questions',
  pins: 'Your wishes for what counts where',
  overrides: 'Values in rules that you changed',
  packs: 'Rules of your own',
};

function nameOf({ entity, id, title }: TouchedView): string {
  if (entity === 'list') return LISTS[id] ?? 'Your settings';
  if (entity === 'holder') return 'Your details';
  if (entity === 'credential') return 'A certification';
  if (entity === 'submission') return `What you sent on ${title ? short(title) : id}`;
  return (
    title ??
    { credential: 'A certification', fact: 'A card, hours or a statement' }[entity] ??
    'A credit without a title'
  );
}

/** What the tables of a backup hold, in her words. */
const TABLES: Readonly<Record<string, string>> = {
  credit: 'Credit',
  credential: 'Certification',
  fact: 'Card, hours or statement',
  original: 'File',
  proof: 'File',
  submission: 'What you sent',
};
const HASH = /^[0-9a-f]{64}$/;

/** An entry of a backup that Recert never writes, and what is wrong with it. */
export function leftOut({ table, name, reason }: LeftOut): string {
  const called = HASH.test(name) ? name.slice(0, 12) : name;
  return `${TABLES[table] ?? 'Part of the history'} ${called}: ${reason}`;
}
