import { screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { expectNoBarriers, go, open, press, see } from '../../testing/screen';

async function removeOne() {
  const fake = await open();
  await go('Credits');
  await press('Injection Safety');
  await screen.findByRole('heading', { level: 1, name: 'Injection Safety' });
  await press('Remove');
  await screen.findByRole('heading', { level: 1, name: 'Credits' });
  screen.getByText('Removed credits').click();
  return fake;
}

test('a trash that is empty says what it is for', async () => {
  await open();
  await go('Credits');
  screen.getByText('Removed credits').click();
  await see('None. A credit that you remove waits here, and can be put back.');
  expect(screen.queryByRole('button', { name: 'Empty the trash…' })).toBeNull();
});

test('what was removed lies in the trash and is put back from there', async () => {
  const fake = await removeOne();
  expect(fake.credits()).toHaveLength(30);
  await expectNoBarriers();
  await press('Put back Injection Safety');
  await see('Back in your record: Injection Safety.');
  expect(fake.credits()).toHaveLength(31);
  expect(screen.queryByRole('button', { name: 'Put back Injection Safety' })).toBeNull();
});

test('emptying the trash asks first and says what stays', async () => {
  const fake = await removeOne();
  await press('Empty the trash…');
  const dialog = within(await screen.findByRole('dialog', { name: 'Delete 1 removed credit?' }));
  expect(dialog.getByText(/The files you attached stay/)).toBeDefined();
  await press('Keep it');
  expect(fake.calls.some(({ command }) => command === 'empty_trash')).toBe(false);
  await press('Empty the trash…');
  await press('Empty the trash');
  await see('The trash is empty. Deleted: 1 credit.');
  expect(screen.queryByRole('button', { name: 'Put back Injection Safety' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Undo: emptied the trash' })).toBeDefined();
});
