import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import type { FakeOptions } from '../../ipc/fake';
import { expectNoBarriers, fill, go, open, press, see, settled } from '../../testing/screen';

async function openBackups(options?: FakeOptions) {
  const fake = await open(options);
  await go('Backups');
  return fake;
}

test('the screen says when the last backup was made, that it was checked, and what each holds', async () => {
  await openBackups();
  await see(/Last backed up on 22 Nov 2025, /);
  await see(/It was read again when it was made, and it was whole/);
  const rows = screen.getAllByRole('listitem').map((row) => row.textContent);
  expect(rows[0]).toMatch(/22 Nov 2025.*By itself, once a day.*31 credits, 27 files/);
  expect(rows[2]).toMatch(/8 Nov 2025.*Before credits were brought in.*22 credits, 18 files/);
  await expectNoBarriers();
});

test('a record that was never backed up says so and offers it', async () => {
  const fake = await openBackups({ backups: { backups: [] } });
  await see('There is no backup yet');
  await expectNoBarriers();
  await press('Back up now');
  await see('Your record is backed up.');
  await see(/Last backed up on 22 Nov 2025/);
  expect(fake.calls.some(({ command }) => command === 'back_up')).toBe(true);
});

test('a place outside is chosen, says when the last copy left, and is given up again', async () => {
  await openBackups();
  await see(/If this computer breaks or is lost, its backups are lost with it/);
  await press('Choose a place…');
  await see(/The last copy left this computer on 22 Nov 2025/);
  await see('/media/maria/STICK/Recert backup');
  await expectNoBarriers();
  await press('Stop copying there');
  await see(/If this computer breaks or is lost/);
});

test('where copies went until now is a question, and yes is one of three answers', async () => {
  const folder = '/media/maria/OLD/Recert backup';
  await openBackups({ backups: { former_place: folder } });
  await see(`Backups of this record went to “${folder}” until now. Copy there again?`);
  expect(screen.queryByText(/If this computer breaks/)).toBeNull();
  await expectNoBarriers();
  await press('Yes, copy there again');
  await see(/The last copy left this computer on 22 Nov 2025/);
  await see(folder);
  expect(screen.queryByText(/Copy there again/)).toBeNull();
});

test('no ends the question', async () => {
  await openBackups({ backups: { former_place: '/media/maria/OLD/Recert backup' } });
  await press('No');
  await see(/If this computer breaks or is lost/);
});

test('another place ends the question, too', async () => {
  await openBackups({ backups: { former_place: '/media/maria/OLD/Recert backup' } });
  await press('Choose another place…');
  await see('/media/maria/STICK/Recert backup');
});

test('a folder that others may read is named, here and when everything is checked', async () => {
  const open_to_others = ['/media/maria/STICK/Recert backup'];
  await openBackups({ backups: { open_to_others }, checked: { open_to_others } });
  await see(/Others on this computer may read “\/media\/maria\/STICK\/Recert backup”/);
  await press('Check everything');
  await see('Everything is as it should be');
  expect(screen.getAllByText(/Others on this computer may read/)).toHaveLength(2);
});

test('a stick that is not plugged in is no fault', async () => {
  const folder = '/media/maria/STICK/Recert backup';
  await openBackups({
    backups: { outside: { folder, reachable: false, last_outside: null, backups: [] } },
  });
  await see('No copy has left this computer yet.');
  await see(/If it is on a stick, plug it in/);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a record in a synced folder is warned of and moved with one press', async () => {
  await openBackups({ backups: { synced: 'Your record lies in a folder that OneDrive copies.' } });
  await see('Your record lies in a folder that OneDrive copies.');
  await expectNoBarriers();
  await press('Move it to the usual place');
  await see(/Your record now lies in/);
  await see(/The old folder is kept as/);
  expect(screen.queryByText(/that OneDrive copies/)).toBeNull();
});

test('a backup that failed says what to do, and goes away when one succeeds', async () => {
  await openBackups({
    backups: { failed: 'The record could not be backed up. No space is left on the disk.' },
  });
  expect((await screen.findByRole('alert')).textContent).toMatch(/No space is left on the disk/);
  await press('Back up now');
  await see('Your record is backed up.');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a backup that fails when she asks for it says so beside the button', async () => {
  const message = 'The folder may not be written. Choose another one.';
  await openBackups({ failing: { back_up: { code: 'no_permission', message, fields: [] } } });
  await press('Back up now');
  await see(message);
  expect(screen.getByRole('button', { name: 'Back up now' })).toBeDefined();
});

test('a restore shows what comes back, changes and goes before anything does', async () => {
  const fake = await openBackups();
  await press(/Restore the backup of 15 Nov 2025/);
  await see('What would change');
  await see('2 credits come back');
  await see('Wound Care Basics');
  await see('1 entry becomes as it was');
  await see('1 credit goes, because it is not in the backup');
  await see('2 files come back with it.');
  expect(fake.calls.some(({ command }) => command === 'restore_backup')).toBe(false);
  await expectNoBarriers();
  await press('Leave everything as it is');
  await screen.findByRole('heading', { level: 1, name: 'Backups' });
});

test('what Recert never writes is named before a backup is restored without it', async () => {
  const left_out = [
    { table: 'original', name: 'a'.repeat(64), reason: 'it is kept under an ending of another' },
    { table: 'change', name: '7', reason: 'it is about nothing that a record has' },
  ];
  await openBackups({ restore: { left_out } });
  await press(/Restore the backup of 15 Nov 2025/);
  await see(/2 entries in this backup cannot have been written by Recert and are left out/);
  await see('File aaaaaaaaaaaa: it is kept under an ending of another');
  await see('Part of the history 7: it is about nothing that a record has');
  await expectNoBarriers();
});

test('after a restore the record is read anew, and one press takes it back', async () => {
  const fake = await openBackups();
  await press(/Restore the backup of 15 Nov 2025/);
  await see('Wound Care Basics');
  fake.calls.length = 0;
  await press('Restore this backup');
  await see(/The record before it was kept as a backup/);
  expect(fake.calls.map(({ command }) => command)).toContain('read_home');
  await press('Take it back');
  await see('Your record is as it was before.');
  expect(
    fake.calls.filter(({ command }) => command === 'restore_backup').map(({ args }) => args),
  ).toEqual([
    { name: '20251115T150000Z-asked', passphrase: null, evenIfCostly: false },
    { name: '20251122T160000Z-restore', passphrase: null, evenIfCostly: false },
  ]);
});

test('a backup that is the same as the record says so and offers nothing to press', async () => {
  await openBackups({ restore: { added: [], changed: [], removed: [], brought_back: [] } });
  await press(/Restore the backup of 22 Nov 2025/);
  await see('Nothing would change');
  expect(screen.queryByRole('button', { name: 'Restore this backup' })).toBeNull();
});

test('looking at a backup says how far it is, and is stopped with one press', async () => {
  const fake = await openBackups();
  fake.hold('preview_restore');
  await press(/Restore the backup of 15 Nov 2025/);
  await see('Reading the backup…');
  await fake.progress(40);
  await settled();
  expect(screen.getByRole('progressbar').getAttribute('value')).toBe('40');
  await expectNoBarriers();
  await press('Stop');
  await screen.findByRole('heading', { level: 1, name: 'Backups' });
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a restore that is stopped leaves what would change on the screen', async () => {
  const fake = await openBackups();
  await press(/Restore the backup of 15 Nov 2025/);
  await see('What would change');
  fake.hold('restore_backup');
  await press('Restore this backup');
  await see('Restoring your record…');
  await press('Stop');
  await see('What would change');
  expect(screen.queryByText('Restoring your record…')).toBeNull();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByRole('button', { name: 'Restore this backup' })).toBeDefined();
});

test('a locked file asks for its passphrase, and a wrong one keeps the form', async () => {
  await openBackups({ locked: 'correct horse' });
  await press('Choose a file…');
  await fill('Passphrase', 'wrong');
  await press('Open the backup');
  await see(/The passphrase does not open this file/);
  await fill('Passphrase', 'correct horse');
  await press('Open the backup');
  await see('Wound Care Basics');
});

test('a locked file that takes much to open is opened only if she still wants it', async () => {
  const fake = await openBackups({ locked: 'correct horse', costly: true });
  await press('Choose a file…');
  await fill('Passphrase', 'correct horse');
  await press('Open the backup');
  await see(/takes about 1024 MB of memory/);
  await expectNoBarriers();
  await press('Open it all the same');
  await see('Wound Care Basics');
  await press('Restore this backup');
  await see(/The record before it was kept as a backup/);
  const restored = fake.calls.find(({ command }) => command === 'restore_backup');
  expect(restored?.args).toMatchObject({ evenIfCostly: true });
});

test('files that a backup lost are named before she restores it', async () => {
  await openBackups({ restore: { refused: ['a'.repeat(64)], missing: ['b'.repeat(64)] } });
  await press('Choose a folder…');
  await see(/1 file is damaged in this backup and not taken/);
  await see(/1 file is neither here nor in this backup/);
});

test('a damaged record leads to its backups', async () => {
  const message = 'The record is damaged. Restore a backup.';
  const failing: FakeOptions['failing'] = {
    read_home: { code: 'vault_damaged', message, fields: [] },
  };
  await open({ failing });
  await press('Restore a backup…');
  await press(/Restore the backup of 22 Nov 2025/);
  await see('Wound Care Basics');
  delete failing['read_home'];
  await press('Restore this backup');
  await see(/You still need/);
});

test('moving to another computer takes a passphrase typed twice, a place, and says what comes then', async () => {
  const fake = await openBackups();
  await press('Move to another computer…');
  await screen.findByRole('heading', { level: 1, name: 'Move to another computer' });
  await see(/If you forget it, nobody can open the file/);
  await expectNoBarriers();
  await press('Save the file…');
  await see('Write a passphrase.');
  expect(document.activeElement).toBe(screen.getByLabelText('Passphrase'));
  await fill('Passphrase', 'four old brown shoes');
  await fill('The same passphrase again', 'four old brown shoe');
  await press('Save the file…');
  await see('This is not the same as the passphrase above.');
  expect(fake.calls.some(({ command }) => command === 'save_backup_file')).toBe(false);
  await fill('The same passphrase again', 'four old brown shoes');
  await press('Save the file…');
  await see(/Saved as recert-backup-2025-11-22.recert/);
  await see(/I have a Recert backup/);
  await expectNoBarriers();
});

test('everything is read again at one press, and the result is one plain sentence', async () => {
  await openBackups();
  await press('Check everything');
  await see('Everything is as it should be');
  await see(/31 credits, 27 files and 4 backups were read again/);
  await expectNoBarriers();
});

test('damage is named with what can be done, and so is what was brought back', async () => {
  await openBackups({
    checked: {
      healed: [{ place: 'originals/ab/ab12.pdf', from: '/media/maria/STICK/Recert backup' }],
      damage: [
        {
          place: 'originals/cd/cd34.pdf',
          message: 'The file is gone. Attach the certificate again, if you still have it.',
        },
      ],
    },
  });
  await press('Check everything');
  await see('1 thing is damaged');
  await see(/The file is gone. Attach the certificate again/);
  await see(/1 file was lost or changed and was brought back from a backup/);
  await expectNoBarriers();
});

test('the entry in the sidebar leads back to the list, as Back does', async () => {
  await open();
  await go('Backups');
  await press('Move to another computer…');
  await screen.findByRole('heading', { level: 1, name: 'Move to another computer' });
  await go('Backups');
  await see(/^Last backed up on/);
});
