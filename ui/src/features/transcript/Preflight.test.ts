import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { CHECKS } from '../../ipc/fake/preflight';
import { CREDITS } from '../../ipc/fake/sample';
import { expectNoBarriers, fill, go, open, press, see } from '../../testing/screen';

const section = () => screen.findByRole('region', { name: 'Before you send it' });

/** Opens what is said of one thing. */
async function look(label: string): Promise<void> {
  (await screen.findByText(label)).closest('summary')?.click();
  await waitFor(() => expect(screen.getByText(label).closest('details')?.open).toBe(true));
}

const named = (name: string) =>
  CREDITS.map((credit, index) => (index === 0 ? { ...credit, name_on_certificate: name } : credit));

test('she sees how many credits have what gets applications refused, and why', async () => {
  await open();
  await go('Transcript');
  await look('No certificate attached');
  const line = screen.getByText('No certificate attached').closest('summary');
  expect(line?.textContent).toContain('3 credits');
  await see(/Credits without proof are refused/);
  await see(/AAMA’s rules: A certificate or school transcript/);
  await expectNoBarriers();
});

test('each credit leads to its form, and all of them to the list', async () => {
  await open();
  await go('Transcript');
  await look('Training at work, or without formal credit');
  const first = (await section()).querySelector<HTMLElement>('.body button');
  const title = first?.textContent ?? '';
  first?.click();
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>(/^Title/).value).toBe(title));
  await go('Transcript');
  await look('No certificate attached');
  await press('Show them in the list');
  await screen.findByRole('heading', { level: 1, name: 'Credits' });
});

test('a name that was hers is mended in her details', async () => {
  await open({ credits: named('Maria Smith') });
  await go('Transcript');
  await look('Another name on the certificate');
  await see('It says “Maria Smith”.');
  await press('Open your details');
  await screen.findByRole('heading', { level: 1, name: 'Your details' });
});

test('what only an answer mends leads to the questions', async () => {
  await open();
  await go('Transcript');
  await look('No hours');
  await press('Answer the question');
  const heading = await screen.findByRole('heading', { level: 2, name: 'Questions' });
  await waitFor(() => expect(document.activeElement).toBe(heading));
});

test('what the pages cannot show is told with the characters, and her name leads to her details', async () => {
  const credits = CREDITS.slice(0, 1).map((credit) => ({ ...credit, title: '🩺 Vital signs' }));
  await open({ credits });
  await go('Your details');
  await fill('Name', 'Maria 🌷 Delgado');
  await press('Save your details');
  await go('Transcript');
  await look('Cannot be printed');
  await see('“🩺” in “🩺 Vital signs”.');
  await look('Your details cannot be printed');
  await see(/Write your name, former names, address and number/);
  expect(
    screen.getByText('Your details cannot be printed').closest('summary')?.textContent,
  ).not.toMatch(/credit/);
  await expectNoBarriers();
  await press('Open your details');
  await screen.findByRole('heading', { level: 1, name: 'Your details' });
});

test('everything that can be amiss has its words, its credits and a way to mend it', async () => {
  await open({ everyCheck: true });
  await go('Transcript');
  const ways = {
    details: 'Open your details',
    question: 'Answer the question',
    unproven: 'Show them in the list',
    credit: null,
  };
  for (const [code, { label, sentence, fix }] of Object.entries(CHECKS)) {
    await look(label);
    const body = screen.getByText(label).closest('details')?.querySelector('.body');
    expect(body?.textContent).toContain(sentence);
    const credits = body?.querySelectorAll('.credits button').length ?? 0;
    expect(credits > 0, 'her details are no credit').toBe(code !== 'unprintable_details');
    expect(body?.querySelector(':scope > button')?.textContent ?? null).toBe(ways[fix]);
  }
  await expectNoBarriers();
});

test('nothing to say is said', async () => {
  await open({ credits: CREDITS.slice(0, 1) });
  await go('Transcript');
  await see('Nothing found that gets applications rejected.');
  await expectNoBarriers();
});

test('a check that fails says why and hides nothing else', async () => {
  const message = 'Another program is writing to your record. Try again in a moment.';
  await open({ failing: { read_preflight: { code: 'vault_busy', message, fields: [] } } });
  await go('Transcript');
  expect((await screen.findByRole('alert')).textContent).toContain(message);
  await see('17 March 2021 to 31 March 2026');
});
