import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import type { FakeOptions } from '../../ipc/fake';
import { choose, expectNoBarriers, fill, go, open, press, see } from '../../testing/screen';

/** She has sent her application and written it down. */
async function sent(options?: FakeOptions) {
  const fake = await open(options);
  await go('Renewals');
  await press('I sent my application…');
  await fill('Sent on', '2025-11-20');
  await press('Keep it');
  await see('Kept as it was sent.');
  return fake;
}

async function openSent() {
  await press('Sent on 20 November 2025');
  await screen.findByRole('heading', { level: 1, name: 'Sent on 20 November 2025' });
}

test('the present period stands first, and without earlier ones the screen says what comes there', async () => {
  await open();
  await go('Renewals');
  await see('17 March 2021 to 31 March 2026');
  await see(/None yet. When a renewal is granted, its period comes here and stays/);
  await expectNoBarriers();
});

test('what she sent is kept and stands under its period', async () => {
  const fake = await sent();
  await see('Sent on 20 November 2025');
  await see('No answer yet');
  const { args } = fake.calls.find(({ command }) => command === 'keep_submission') ?? {};
  expect(args).toMatchObject({ credential: 'cma', choice: { paper: 'letter', listed: 'all' } });
  await expectNoBarriers();
});

test('a day that is still to come is refused beside the field, and nothing is lost', async () => {
  await open();
  await go('Renewals');
  await press('I sent my application…');
  await fill('Sent on', '2030-01-01');
  await fill(/^Note/, 'tracking 9400');
  await press('Keep it');
  await see('This is still to come; write the day you sent it.');
  expect(screen.getByLabelText<HTMLInputElement>(/^Note/).value).toBe('tracking 9400');
});

test('while it waits the overview says so instead of what to do next', async () => {
  await sent();
  await press('Overview');
  await screen.findByRole('heading', {
    level: 1,
    name: 'You sent your application on 20 November 2025.',
  });
  await see(/That was 2 days ago. There is no answer yet/);
  expect(screen.queryByRole('heading', { name: 'What to do next' })).toBeNull();
  await expectNoBarriers();
  await press('AAMA answered…');
  await screen.findByRole('heading', { level: 1, name: 'Sent on 20 November 2025' });
});

test('what came of it is written down credit by credit, and the next period begins', async () => {
  const fake = await sent();
  await openSent();
  await expectNoBarriers();
  await choose('Accepted');
  await fill(/^Answered on/, '2025-11-21');
  const [decision] = screen.getAllByRole('combobox', { name: /^Decision on / });
  await fill(decision?.getAttribute('aria-label') ?? '', 'refused');
  await fill(/^Why, for /, 'in-house training');
  await expectNoBarriers();
  await press('Save');
  await see('Saved.');
  const saved = fake.calls.filter(({ command }) => command === 'save_submission').at(-1);
  expect(saved?.args).toMatchObject({
    input: { state: 'accepted', decisions: [{ decided: 'refused', note: 'in-house training' }] },
  });

  await press('Begin the next period…');
  expect(screen.getByLabelText<HTMLInputElement>(/^Renewed on/).value).toBe('2025-11-21');
  await press('Begin the next period');
  await screen.findByRole('heading', { level: 1, name: 'Renewals' });
  await see('21 November 2025 to 31 January 2031');
  await see('Renewed on 21 November 2025');
  await expectNoBarriers();
});

test('an answer that is not kept yet holds her on the page', async () => {
  await sent();
  await openSent();
  await choose('Refused');
  await press('Overview');
  expect(screen.getByRole('dialog')).toBeDefined();
});

test('an earlier period is added, read again, and taken off the list', async () => {
  await open();
  await go('Renewals');
  await press('Add an earlier period…');
  await fill('First day', '2016-03-01');
  await fill('Last day', '2021-03-16');
  await press('Add it');
  await see('1 March 2016 to 16 March 2021');
  screen.getByText('1 March 2016 to 16 March 2021').click();
  await see('What counted');
  await expectNoBarriers();
  await press('Take this period off the list');
  await see('Taken off the list.');
});

test('what she did not send goes off the list', async () => {
  await sent();
  await openSent();
  await press(/I did not send this/);
  await see('Taken off the list. Undo brings it back.');
  await screen.findByRole('heading', { level: 1, name: 'Renewals' });
  expect(screen.queryByText('Sent on 20 November 2025')).toBeNull();
});
