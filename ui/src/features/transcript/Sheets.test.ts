import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { choose, expectNoBarriers, go, open, press, see } from '../../testing/screen';

const TITLES = {
  worksheet: 'Application worksheet',
  letter: 'Letter for mail',
  index: 'Certificate index',
  employer: 'Credential summary',
  calendar: 'Calendar of the period',
};

test('each sheet says when one needs it and is saved under the chosen paper', async () => {
  const fake = await open();
  await go('Transcript');
  await see(/each credit that AAMA did not approve itself/);
  await choose('A4');
  for (const [kind, title] of Object.entries(TITLES)) {
    await press(`Save PDF… ${title}`);
    expect(fake.calls.at(-1)).toEqual({
      command: 'save_sheet',
      args: {
        kind,
        credential: 'cma',
        choice: expect.objectContaining({ paper: 'a4' }),
        withNumber: false,
      },
    });
    await see(`Saved as ${kind}-2025-11-22.pdf`);
  }
  expect(screen.getAllByText(/^Saved as/)).toHaveLength(1);
  await expectNoBarriers();
});

test('a sheet is printed from the viewer', async () => {
  const fake = await open();
  await go('Transcript');
  await press('Print… Letter for mail');
  await see('It is open in your PDF viewer. Print it there.');
  expect(fake.calls.at(-1)).toMatchObject({ command: 'print_sheet', args: { kind: 'letter' } });
  await expectNoBarriers();
});

test('her member number goes to an employer only if she says so', async () => {
  const fake = await open();
  await go('Transcript');
  screen.getByRole('checkbox', { name: 'Show my member number on it' }).click();
  await press('Save PDF… Credential summary');
  expect(fake.calls.at(-1)?.args).toMatchObject({ kind: 'employer', withNumber: true });
});

test('a sheet that cannot be written says why beside it', async () => {
  const message = 'The folder Documents may not be written. Choose another one.';
  await open({ failing: { save_sheet: { code: 'no_permission', message, fields: [] } } });
  await go('Transcript');
  await press('Save PDF… Letter for mail');
  const item = screen.getByRole('heading', { level: 3, name: 'Letter for mail' }).closest('li');
  expect(item?.textContent).toContain(message);
});

test('only what was saved last is offered to be opened', async () => {
  await open();
  await go('Transcript');
  await press('Save PDF…');
  await press('Save PDF… Letter for mail');
  expect(screen.getAllByText(/^Saved as/)).toHaveLength(2);
  const item = screen.getByRole('heading', { level: 3, name: 'Letter for mail' }).closest('li');
  expect(screen.getAllByRole('button', { name: 'Open' }).map((one) => one.closest('li'))).toEqual([
    item,
  ]);
});
