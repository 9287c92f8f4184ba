import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { credit } from '../../ipc/fake/sample';
import { expectNoBarriers, fill, go, open, press, see } from '../../testing/screen';

const rows = () => within(screen.getByRole('table')).getAllByRole('row').slice(1);

test('the list shows what the certificate says and what it counts', async () => {
  await open();
  await go('Credits');
  expect(rows()).toHaveLength(31);
  const card = rows().find((row) => row.textContent?.includes('20 Feb 2025'));
  expect(card?.textContent).toMatch(/BLS Provider.*CPR card.*4.*clinical.*AAMA.*2 files/s);
  await expectNoBarriers();
});

test('a heading sorts, and says in which direction', async () => {
  await open();
  await go('Credits');
  await press('Credit');
  const heading = screen.getByRole('columnheader', { name: 'Credit' });
  expect(heading.getAttribute('aria-sort')).toBe('ascending');
  expect(rows()[0]?.textContent).toContain('Antibiotic Stewardship');
  await press('Credit');
  expect(heading.getAttribute('aria-sort')).toBe('descending');
});

test('the search narrows the list and says to how many', async () => {
  await open();
  await go('Credits');
  await fill('Search', 'order of draw');
  await see('2 of 31 credits');
  expect(rows()).toHaveLength(2);
  const heading = screen.getByRole('columnheader', { name: 'Date' });
  expect(heading.getAttribute('aria-sort'), 'the best stand first').toBeNull();
  await press('Date');
  expect(heading.getAttribute('aria-sort')).toBe('descending');
  await fill('Search', '');
  await see('31 credits');
});

test('where the words stand in a certificate is shown below the credit', async () => {
  await open();
  await go('Credits');
  await fill('Search', 'certifies present');
  await waitFor(() => expect(document.querySelectorAll('mark').length).toBeGreaterThan(1));
  expect(rows()[0]?.textContent).toMatch(
    /In the certificate:\s*This certifies that Maria Delgado was present/,
  );
  await expectNoBarriers();
});

test('only the last of several searches is shown', async () => {
  const fake = await open();
  await go('Credits');
  for (const typed of ['z', 'ze', 'injection']) await fill('Search', typed);
  await see('1 of 31 credits');
  const asked = fake.calls.filter(({ command }) => command === 'search_credits');
  expect(asked.map(({ args }) => args)).toEqual([{ typed: 'injection' }]);
});

test('a search without result says what was searched and offers the way back', async () => {
  await open();
  await go('Credits');
  await fill('Search', 'zebra');
  await see('No credit has all of these words.');
  await see(/Try fewer words/);
  expect(screen.queryByRole('table')).toBeNull();
  await press('Show all credits');
  await see('31 credits');
  expect(rows()).toHaveLength(31);
});

test('a long list is drawn in parts', async () => {
  await open({
    credits: Array.from({ length: 450 }, (_, i) => credit(`c${i}`, { title: `C ${i}` })),
  });
  await go('Credits');
  expect(rows()).toHaveLength(50);
  await press('Show more: 400 are left');
  expect(rows()).toHaveLength(100);
});

test('an empty list says how to begin', async () => {
  await open({ credits: [] });
  await go('Credits');
  expect(screen.getByRole('heading', { name: 'No credits yet' })).toBeDefined();
  await expectNoBarriers();
});
