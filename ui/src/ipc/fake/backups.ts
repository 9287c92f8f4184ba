// The pretended back end's backups: made, copied outside, restored, checked, and deleted with everything else.
import type { Backups } from '../bindings/Backups';
import type { BackupView } from '../bindings/BackupView';
import type { Copies } from '../bindings/Copies';
import type { DeletionView } from '../bindings/DeletionView';
import type { Error as RecertError } from '../bindings/Error';
import type { RestoreView } from '../bindings/RestoreView';
import type { Verification } from '../bindings/Verification';
import type { FakeOptions, Kept } from './kept';
import { CREDENTIAL, HOLDER, TODAY } from './sample';

const backup = (day: string, reason: string, credits: number): BackupView => ({
  name: `${day.replaceAll('-', '')}T150000Z-${reason}`,
  taken_at: `${day}T15:00:00Z`,
  reason,
  holds: { credits, files: credits - 4 },
});

const BACKUPS: Backups = {
  backups: [
    backup('2025-11-22', 'daily', 31),
    backup('2025-11-15', 'asked', 30),
    backup('2025-11-08', 'import', 22),
    backup('2025-10-28', 'daily', 22),
  ],
  outside: null,
  former_place: null,
  open_to_others: [],
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
  in_the_trash: 1,
  operations: 64,
  brought_back: ['originals/3f/3f79….pdf', 'originals/a0/a0c2….jpg'],
  left_out: [],
  refused: [],
  missing: [],
  way_back: null,
  set_aside: null,
};

interface Asked {
  name: string | null;
  passphrase: string | null;
  evenIfCostly: boolean;
}

export function backups(kept: Kept, options: FakeOptions) {
  let backups: Backups = { ...BACKUPS, ...options.backups };
  let putOff = false;

  function restored(
    { name, passphrase, evenIfCostly }: Asked,
    way_back: string | null,
  ): RestoreView {
    if (!name && options.costly && !evenIfCostly) {
      const message = 'Opening this file takes about 1024 MB of memory. Nothing was opened yet.';
      throw { code: 'costly', message, fields: [] } satisfies RecertError;
    }
    if (!name && options.locked !== undefined && passphrase !== options.locked) {
      const message = 'The passphrase does not open this file. Check capital letters and spaces.';
      throw { code: 'passphrase', message, fields: [] } satisfies RecertError;
    }
    return { ...RESTORE, ...options.restore, way_back };
  }

  function deletion(withOutside: boolean): DeletionView {
    const { outside } = backups;
    const copies = withOutside && outside ? outside.backups.length : 0;
    const { vault } = kept.home;
    return {
      folder: vault,
      going: [
        { kind: 'record', files: 1 },
        { kind: 'certificate', files: 27 },
        { kind: 'backup', files: backups.backups.length + copies },
        { kind: 'copy', files: 27 },
        { kind: 'other', files: 2 },
      ],
      paths: [`${vault}/recert.db`, `${vault}/README.txt`],
      staying: [`${vault}/notes.txt`],
      former_place: outside ? null : backups.former_place,
      outside: outside && { folder: outside.folder, reachable: outside.reachable },
    };
  }

  return {
    preview_deletion: ({ outside }: { outside: boolean }) => deletion(outside),
    delete_everything: ({ outside }: { outside: boolean }) => {
      const deleted = deletion(outside);
      kept.home.holder = null;
      kept.home.credentials = [];
      kept.credits = [];
      return deleted;
    },
    read_backups: () => backups,
    back_up: () => {
      const taken = backup(TODAY, 'asked', kept.credits.length);
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
      backups = { ...backups, outside, former_place: null };
      return outside;
    },
    resume_outside_place: () => {
      const folder = backups.former_place ?? '';
      const outside = { folder, reachable: true, last_outside: `${TODAY}T15:00:00Z`, backups: [] };
      backups = { ...backups, outside, former_place: null };
      return outside;
    },
    forget_outside_place: () => {
      backups = { ...backups, outside: null, former_place: null };
      return null;
    },
    move_record: () => {
      backups = { ...backups, synced: null };
      const old = `${kept.home.vault}-moved-1`;
      kept.home.vault = '/home/maria/.local/share/recert';
      return { to: kept.home.vault, old };
    },
    choose_backup_file: () => ({
      label: 'recert-backup-2025-11-15.recert',
      locked: options.locked !== undefined,
    }),
    choose_backup_folder: () => ({ label: 'Recert backup', locked: false }),
    preview_restore: (asked: Asked) => restored(asked, null),
    restore_backup: (asked: Asked) => {
      const way = kept.home.holder ? `${TODAY.replaceAll('-', '')}T160000Z-restore` : null;
      kept.home.holder ??= HOLDER;
      if (kept.home.credentials.length === 0) kept.home.credentials = [CREDENTIAL];
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
        former_place: backups.former_place,
      };
    },
    put_off_outside_place: () => {
      putOff = true;
      backups = { ...backups, former_place: null };
      return null;
    },
    check_everything: (): Verification => ({
      credits: kept.credits.length,
      originals: 27,
      bytes: 12_400_000,
      not_here: 0,
      backups: backups.backups.length,
      open_to_others: [],
      healed: [],
      damage: [],
      ...options.checked,
    }),
  };
}
