import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import {
  choose,
  expectNoBarriers,
  fill,
  go,
  open,
  press,
  see,
  settled,
} from '../../testing/screen';

test('she sees what the transcript holds before she saves it', async () => {
  await open();
  await go('Transcript');
  await see('17 March 2021 to 31 March 2026');
  await see(/28 credits, 64 points of 60/);
  await see('No certificate attached');
  await expectNoBarriers();
});

test('the chosen paper is asked for, and the place it went to is shown', async () => {
  const fake = await open();
  await go('Transcript');
  await choose('A4');
  await press('Save PDF…');
  await see(/Saved as Continuing education, Maria Delgado/);
  expect(fake.calls.find(({ command }) => command === 'save_transcript')?.args).toEqual({
    credential: 'cma',
    choice: { paper: 'a4', large: false, summary: false, listed: 'other_sources', hide: [] },
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

test('the pages are shown as they would be written, and follow what she chooses', async () => {
  const fake = await open();
  await go('Transcript');
  await screen.findByAltText(/^Page 1 of your transcript/);
  await press('Next page');
  await screen.findByAltText(/^Page 2 of your transcript/);
  await fill('Page', '5');
  await screen.findByAltText(/^Page 5 of your transcript/);
  screen.getByRole('checkbox', { name: 'Large print' }).click();
  await settled();
  screen.getByRole('checkbox', { name: 'My member number' }).click();
  await settled();
  const asked = fake.calls.filter(({ command }) => command === 'preview_transcript').at(-1);
  expect(asked?.args).toMatchObject({ page: 5, choice: { large: true, hide: ['numbers'] } });
  await press('Larger');
  await expectNoBarriers();
});

test('a packet leaves out what the issuer has, unless she wants all of it', async () => {
  const fake = await open();
  await go('Transcript');
  await settled();
  await press('Save packet…');
  await see('Saved as recertification-packet-2025-11-22.pdf');
  await choose('All of them');
  await fill(/^Largest size/, '10');
  screen.getByRole('checkbox', { name: /^Also your documents/ }).click();
  await press('Save packet…');
  const asked = fake.calls.filter(({ command }) => command === 'save_packet');
  expect(asked.map(({ args }) => args['choice'])).toMatchObject([
    {
      transcript: { listed: 'other_sources' },
      documents: false,
      merge_locked: false,
      most_megabytes: null,
    },
    { transcript: { listed: 'all' }, documents: true, merge_locked: false, most_megabytes: 10 },
  ]);
});

test('she is asked once whether files that their makers locked are put in', async () => {
  const fake = await open({ makersLocked: 1 });
  await go('Transcript');
  await press('Save packet…');
  await see(/1 file is locked by its maker/);
  await see(/Exhibit 2, locked.pdf/);
  await expectNoBarriers();
  await press('Put them in…');
  await settled();
  expect(screen.queryByText(/is locked by its maker/)).toBeNull();
  expect(fake.calls.filter(({ command }) => command === 'save_packet').at(-1)?.args).toMatchObject({
    choice: { merge_locked: true },
  });
});

test('a folder of files is named, and a PDF of hers is told again', async () => {
  await open();
  await go('Transcript');
  await press('Save as a folder of files…');
  await see('Saved as Recertification packet 2025-11-22');
  await press('Choose a PDF…');
  await see(/Recert wrote it on 20 November 2025 as transcript.pdf/);
  await expectNoBarriers();
});

test('what she made is what she keeps as sent', async () => {
  const fake = await open();
  await go('Transcript');
  await choose('A4');
  await press('Keep what you sent');
  await press('Keep it');
  expect(fake.calls.find(({ command }) => command === 'keep_submission')?.args).toMatchObject({
    choice: { paper: 'a4', listed: 'other_sources' },
  });
});
