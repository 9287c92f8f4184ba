import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';

import { choose, expectNoBarriers, fill, look, open, press, see } from '../../testing/screen';

const card = () => within(screen.getByRole('region', { name: 'Questions' }));

test('only what may decide is pressing; the rest waits behind one line', async () => {
  await open();
  expect(card().getByText(/De-escalation in the Waiting Room” of/)).toBeDefined();
  const quiet = card()
    .getByText(/1 question worth asking some day/)
    .closest('details');
  expect(quiet?.open).toBe(false);
  expect(quiet?.textContent).toContain('only “CEU”');
  expect(screen.getByRole('button', { name: '1 question to ask' })).toBeDefined();
  await expectNoBarriers();
});

test('the way to the questions leads the keyboard there', async () => {
  await open();
  await press('1 question to ask');
  expect(document.activeElement?.textContent).toBe('Questions');
});

test('a question is copied with what the issuer needs to know', async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
  await open();
  const [copy] = card().getAllByRole('button', { name: 'Copy the question' });
  copy?.click();
  await see(/^Copied\./);
  expect(writeText).toHaveBeenCalledWith(
    'About my CMA (AAMA): Is “De-escalation in the Waiting Room” of Prairie Health Academy approved by AAMA?\n' +
      '- De-escalation in the Waiting Room, Prairie Health Academy, 9 April 2025, 2 contact hours',
  );
  vi.unstubAllGlobals();
});

test('an answer is kept with its day, closes the question, and can be taken back', async () => {
  const fake = await open();
  card().getAllByRole('button', { name: 'I have an answer' })[0]?.click();
  await see('What were you told?');
  await press('Keep the answer');
  await see('Choose what you were told.');
  await choose('No');
  await fill(/By whom and how/, 'AAMA, by phone');
  await expectNoBarriers();
  await press('Keep the answer');
  await see(/1 answer you recorded/);
  expect(document.activeElement?.textContent).toBe('Questions');
  expect(card().queryByText(/De-escalation in the Waiting Room” of/)).toBeNull();
  expect(fake.calls.find(({ command }) => command === 'answer_question')?.args).toEqual({
    input: {
      question: 'approver',
      answer: 'No',
      credential: 'cma',
      credits: ['c27'],
      answered_on: '2025-11-22',
      note: 'AAMA, by phone',
    },
  });
  const kept = card()
    .getByText(/1 answer you recorded/)
    .closest('details');
  expect(kept?.textContent).toMatch(
    /Who approved it: No\s+22 November 2025, AAMA, by phone\. About De-escalation in the Waiting Room\./,
  );
  await press('Remove the answer: Who approved it, No');
  await see(/De-escalation in the Waiting Room” of/);
  await press('Undo');
  await see(/1 answer you recorded/);
});

test('an answer about several credits says about which', async () => {
  const fake = await open({ second: true });
  await look('RCMA (Example Board)');
  card().getAllByRole('button', { name: 'I have an answer' })[0]?.click();
  await see('Which credits is the answer about?');
  await choose('Basic');
  await press('Keep the answer');
  await see('Choose the credits that the answer is about.');
  const [first] = card().getAllByRole('checkbox', { name: /^(?!All)/ });
  first?.click();
  await press('Keep the answer');
  await waitFor(() =>
    expect(fake.calls.find(({ command }) => command === 'answer_question')?.args).toMatchObject({
      input: {
        question: 'category',
        credential: 'rcma',
        credits: [(first as HTMLInputElement).value],
      },
    }),
  );
});

test('Escape gives up an answer and goes back to where it began', async () => {
  await open();
  card().getAllByRole('button', { name: 'I have an answer' })[0]?.click();
  const form = await screen.findByRole('form', { name: /^The answer/ });
  form.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }),
  );
  await waitFor(() => expect(screen.queryByRole('form', { name: /^The answer/ })).toBeNull());
  await waitFor(() => expect(document.activeElement?.textContent).toBe('I have an answer'));
});
