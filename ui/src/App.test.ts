import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { credit } from './ipc/fake/sample';
import { fill, go, open, press, see, settled } from './testing/screen';

const ADDED = credit('n1', {
  title: 'Added on the command line',
  completed_on: '2025-03-04',
  amount: '1',
  unit: 'aama_ceu',
  approver: 'aama',
});

async function comeBack() {
  window.dispatchEvent(new Event('focus'));
  await settled();
}

test('what the command line changed is there when she comes back to the window', async () => {
  const fake = await open();
  await go('Credits');
  fake.addElsewhere(ADDED);
  expect(screen.queryByText('Added on the command line')).toBeNull();
  await comeBack();
  await see('Added on the command line');
});

test('a window that nobody else changed reads nothing anew', async () => {
  const fake = await open();
  await waitFor(() => expect(fake.calls.map(({ command }) => command)).toContain('read_texts'));
  fake.calls.length = 0;
  await comeBack();
  expect(fake.calls.map(({ command }) => command)).toEqual(['changed_elsewhere']);
});

test('a form with unsaved changes is left alone until it is saved or given up', async () => {
  const fake = await open();
  await go('Credits');
  await press('Add a credit');
  await fill('Title', 'Half typed');
  fake.addElsewhere(ADDED);
  fake.calls.length = 0;
  await comeBack();
  expect(fake.calls.map(({ command }) => command)).not.toContain('read_home');
  expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('Half typed');
  await press('Credits');
  await press('Discard the changes');
  await comeBack();
  await see('Added on the command line');
});
