import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import type { FakeOptions } from '../../ipc/fake';
import { expectNoBarriers, go, open, press, see } from '../../testing/screen';

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
  await press('Choose a folder…');
  await see(/The last copy left this computer on 22 Nov 2025/);
  await see('/media/maria/STICK/Recert backup');
  await expectNoBarriers();
  await press('Stop copying there');
  await see(/If this computer breaks or is lost/);
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
