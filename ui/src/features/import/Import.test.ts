import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { SPREADSHEET } from '../../ipc/fake/spreadsheet';
import { expectNoBarriers, go, open, press, see } from '../../testing/screen';

async function openImport(options?: Parameters<typeof open>[0]) {
  const fake = await open(options);
  await go('Credits');
  await press('Import a spreadsheet');
  await screen.findByRole('heading', { level: 1, name: 'Import a spreadsheet' });
  return fake;
}

test('the screen shows which headings are read, and which of them are needed', async () => {
  await openImport();
  for (const name of ['title', 'completed_on', 'amount', 'unit', 'approved_by', 'clinical']) {
    expect(screen.getByRole('rowheader', { name })).toBeDefined();
  }
  const row = (name: string) => screen.getByRole('rowheader', { name }).closest('tr')?.textContent;
  expect(row('provider')).toContain('optional');
  expect(row('unit')).not.toContain('optional');
  await expectNoBarriers();
});

test('a fault is named by row, column, value and reason', async () => {
  await openImport();
  await press('Choose a spreadsheet…');
  const fault = (await screen.findByText('Row 5')).closest('li');
  expect(fault?.textContent).toMatch(
    /Row 5, completed_on:\s*13\/45\/2024\s*This is not a date as it is needed here/,
  );
  await see(/2 rows cannot be taken as\s+they are/);
  await see(/3 rows are in your record already/);
  await expectNoBarriers();
});

test('nothing is kept until she says so', async () => {
  const fake = await openImport();
  await press('Choose a spreadsheet…');
  expect(fake.credits()).toHaveLength(31);
  await press('Keep these 2 credits');
  await screen.findByRole('button', { name: 'Medication Reconciliation' });
  expect(fake.credits()).toHaveLength(33);
  await see('2 credits brought in.');
});

test('a spreadsheet without a usable row offers nothing to keep', async () => {
  await openImport({ spreadsheet: { ...SPREADSHEET, credits: [] } });
  await press('Choose a spreadsheet…');
  await see('No row of my ceus.csv can be brought in');
  expect(screen.queryByRole('button', { name: /Keep/ })).toBeNull();
});

test('a file that cannot be read says so, and the way to choose stays', async () => {
  const message = 'list.numbers is no spreadsheet Recert can read. Save it as CSV and choose that.';
  await openImport({
    failing: { choose_spreadsheet: { code: 'file_refused', message, fields: [] } },
  });
  await press('Choose a spreadsheet…');
  expect(screen.getByRole('alert').textContent).toContain(message);
  expect(screen.getByRole('button', { name: 'Choose a spreadsheet…' })).toBeDefined();
});

test('a closed file dialog changes nothing', async () => {
  await openImport({ spreadsheet: null });
  await press('Choose a spreadsheet…');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByRole('button', { name: 'Choose a spreadsheet…' })).toBeDefined();
});
