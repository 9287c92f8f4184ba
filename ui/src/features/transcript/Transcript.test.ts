import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { choose, expectNoBarriers, go, open, press, see } from '../../testing/screen';

test('she sees what the transcript holds before she saves it', async () => {
  await open();
  await go('Transcript');
  await see('17 March 2021 to 31 March 2026');
  await see(/28 credits, 64 points of 60/);
  await see(/3 counted credits have\s+no certificate attached/);
  await expectNoBarriers();
});

test('the chosen paper is asked for, and the place it went to is shown', async () => {
  const fake = await open();
  await go('Transcript');
  await choose('A4');
  await press('Save PDF…');
  await see(/Saved as Continuing education, Maria Delgado/);
  expect(fake.calls.at(-1)).toEqual({
    command: 'save_transcript',
    args: { credential: 'cma', paper: 'a4' },
  });
  await press('Open');
  expect(fake.calls.at(-1)?.command).toBe('open_saved');
  await expectNoBarriers();
});

test('a page that cannot be written says why', async () => {
  const message = 'The folder Documents may not be written. Choose another one.';
  await open({ failing: { save_transcript: { code: 'no_permission', message, fields: [] } } });
  await go('Transcript');
  await press('Save PDF…');
  expect(screen.getByRole('alert').textContent).toContain(message);
});
