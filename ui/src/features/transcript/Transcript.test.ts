import { screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';

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

/** What comes into sight is told by hand: nothing has a place here. */
function seeing(): { comes: (page: number) => Promise<void> } {
  const told: ((entries: { isIntersecting: boolean }[]) => void)[] = [];
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(tell: (typeof told)[number]) {
        told.push(tell);
      }
      observe() {}
      disconnect() {}
    },
  );
  return {
    comes: async (page) => {
      told[page - 1]?.([{ isIntersecting: true }]);
      await settled();
    },
  };
}

afterEach(() => vi.unstubAllGlobals());

test('she sees what the transcript holds before she saves it', async () => {
  await open();
  await go('Transcript');
  await see('17 March 2021 to 31 March 2026');
  await see(/28 credits, 64 points of 60/);
  await see('No certificate attached');
  await expectNoBarriers();
});

test('what a transcript lists can be chosen as soon as the usual choice is known, and not before', async () => {
  const known = (await open()).hold('read_packet_lists');
  await go('Transcript');
  expect(screen.queryByRole('radio', { name: 'All of them' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Save PDF…' })).toBeNull();
  known();
  await screen.findByRole('radio', { name: /Only what AAMA did not approve/, checked: true });
  await choose('All of them');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'All of them' }).checked).toBe(true);
});

test('the chosen paper is asked for, and the place it went to is shown', async () => {
  const fake = await open();
  await go('Transcript');
  await choose('A4');
  await press('Save PDF…');
  await see(/Saved as Continuing education, Maria Delgado/);
  expect(fake.calls.find(({ command }) => command === 'save_transcript')?.args).toEqual({
    credential: 'cma',
    choice: {
      paper: 'a4',
      large: false,
      summary: false,
      listed: 'other_sources',
      hide: [],
      originals: false,
      reviewer: false,
    },
  });
  await press('Open');
  expect(fake.calls.at(-1)?.command).toBe('open_saved');
  await expectNoBarriers();
});

test('the certificates go along as files if she wants that, save with one page that lists none', async () => {
  const fake = await open();
  await go('Transcript');
  const attach = screen.getByRole<HTMLInputElement>('checkbox', {
    name: /^Attach the certificates/,
  });
  await see(/They show all that is on them/);
  attach.click();
  await press('Save PDF…');
  const asked = fake.calls.filter(({ command }) => command === 'save_transcript');
  expect(asked.at(-1)?.args).toMatchObject({ choice: { originals: true } });
  await see(/It is attached as you added it, and may tell where a photo/);
  screen.getByRole('checkbox', { name: /^One page/ }).click();
  await see('One page lists no certificates.');
  expect([attach.checked, attach.disabled]).toEqual([false, true]);
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
  await fill('Size', '2');
  const larger = fake.calls.filter(({ command }) => command === 'preview_transcript').at(-1);
  expect(larger?.args).toMatchObject({ page: 5, width: 1632 });
  await expectNoBarriers();
});

test('a page is chosen from small ones, which are drawn as they come into sight', async () => {
  const { comes } = seeing();
  const fake = await open();
  await go('Transcript');
  await screen.findByAltText(/^Page 1 of your transcript/);
  const pages = screen.getByRole('radiogroup', { name: 'Pages' });
  expect(pages.querySelectorAll('img')).toHaveLength(0);
  await comes(1);
  await comes(4);
  expect(pages.querySelectorAll('img')).toHaveLength(2);
  const small = fake.calls.filter(
    ({ command, args }) => command === 'preview_transcript' && Number(args['width']) < 400,
  );
  expect(small.map(({ args }) => args['page'])).toEqual([1, 4]);
  await choose('Page 4');
  await screen.findByAltText(/^Page 4 of your transcript/);
  expect(screen.getByLabelText<HTMLSelectElement>('Page').value).toBe('4');
  await press('Next page');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Page 5' }).checked).toBe(true);
  await expectNoBarriers();
});

test('what is printed opens in the viewer, and she is told to print it there', async () => {
  const fake = await open();
  await go('Transcript');
  await choose('A4');
  await press('Print…');
  await see(/It is open in your PDF viewer. Print it there./);
  expect(fake.calls.find(({ command }) => command === 'print_transcript')?.args).toMatchObject({
    credential: 'cma',
    choice: { paper: 'a4' },
  });
  await expectNoBarriers();
});

test('a computer without a viewer says what to do', async () => {
  const message = 'No program here opens transcript.pdf. Install a viewer.';
  await open({ failing: { print_transcript: { code: 'file_unreadable', message, fields: [] } } });
  await go('Transcript');
  await press('Print…');
  expect(screen.getByRole('alert').textContent).toContain(message);
  expect(screen.queryByText(/It is open in your PDF viewer/)).toBeNull();
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
  await press('Put it in…');
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
