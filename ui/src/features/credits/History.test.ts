import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { PACK } from '../../ipc/fake/sample';
import { expectNoBarriers, go, open, press, see } from '../../testing/screen';
import { told } from './history';

async function openCredit() {
  const fake = await open();
  await go('Credits');
  await press('Injection Safety');
  await screen.findByRole('heading', { level: 1, name: 'Injection Safety' });
  return fake;
}

test('the history of a credit is read when it is opened, the latest first', async () => {
  const fake = await openCredit();
  const asked = () => fake.calls.filter(({ command }) => command === 'read_history_of');
  expect(asked()).toEqual([]);
  screen.getByText('History').click();
  await see('A file attached');
  expect(asked()[0]?.args).toEqual({ id: 'c8' });
  expect(screen.getAllByRole('strong').map((what) => what.textContent)).toContain('Changed');
  await see('10 Mar 2025');
  expect(screen.getByText('Date', { selector: 'dt' }).parentElement?.textContent).toMatch(
    /nothing.*7 Jul 2022/s,
  );
  expect(
    screen.getByText('Further amounts', { selector: 'dt' }).parentElement?.textContent,
  ).toMatch(/changed/);
  await expectNoBarriers();
});

test('a new credit has no history', async () => {
  await open();
  await go('Credits');
  await press('Add a credit');
  expect(screen.queryByText('History')).toBeNull();
});

test('fields and their values are told in the words of the screen', () => {
  const check = (field: string, value: string, name: string, words: string) =>
    expect(told({ field, before: '', after: value }, [PACK])).toEqual({
      field: name,
      before: 'nothing',
      after: words,
    });
  check('title', 'Order of Draw', 'Title', '“Order of Draw”');
  check('completed_on', '2026-03-04', 'Date', '4 Mar 2026');
  check('unit', 'contact_hour', 'Unit', 'contact hours');
  check('kind', 'in_service', 'What it was', 'training by my employer');
  check('approver', 'aama', 'Approved by', 'AAMA-approved');
  check('split', 'clinical 1.5, general 0.5', 'Categories', '1.5 clinical, 0.5 general');
  check('status', 'draft', 'How far it is', 'draft');
});
