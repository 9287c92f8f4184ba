import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import type { FakeOptions } from '../ipc/fake';
import { choose, expectNoBarriers, fill, go, open, press, see } from '../testing/screen';

async function openCredit(options?: FakeOptions) {
  const fake = await open(options);
  await go('Credits');
  await press('Injection Safety');
  await screen.findByRole('heading', { level: 1, name: 'Injection Safety' });
  return fake;
}

test('a certificate is pictured beside the form, and its pages are turned', async () => {
  const fake = await openCredit();
  await screen.findByRole('img', { name: /\.pdf, page 1 of 3$/ });
  await press(/^Previous page of/);
  await press(/^Next page of/);
  await screen.findByRole('img', { name: /\.pdf, page 2 of 3$/ });
  await see('Page 2 of 3');
  const asked = fake.calls.filter(({ command }) => command === 'preview_proof');
  expect(asked.map(({ args }) => args['page'])).toEqual([1, 2]);
  await expectNoBarriers();
});

test('the picture opens larger on the same page, and closes again', async () => {
  await openCredit();
  await screen.findByRole('img', { name: /page 1 of 3$/ });
  await press(/^Next page of/);
  await press(/^Show larger/);
  const dialog = within(await screen.findByRole('dialog', { name: /\.pdf$/ }));
  await dialog.findByRole('img', { name: /page 2 of 3$/ });
  await expectNoBarriers();
  dialog.getByRole('button', { name: 'Close' }).click();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a file that cannot be drawn says why and can still be opened', async () => {
  const message = 'No preview: this file is locked with a password.';
  await openCredit({ failing: { preview_proof: { code: 'no_preview', message, fields: [] } } });
  await see(message);
  expect(screen.queryByRole('img')).toBeNull();
  expect(
    screen.getByRole('button', { name: /^(?!Remove|Show|Next|Previous).*\.pdf$/ }),
  ).toBeDefined();
});

test('a photo that was chosen is kept and gently remarked on', async () => {
  await open({ chosen: ['card.jpg'] });
  await go('Credits');
  await press('Injection Safety');
  await press('Choose a file…');
  await see(/This looks like a photo/);
  expect(screen.queryByRole('alert')).toBeNull();
  await expectNoBarriers();
});

test('a photo that was dropped is remarked on after the form is left', async () => {
  const fake = await open();
  await fake.drop({ drop: 1, names: ['card.jpg'] });
  await screen.findByRole('heading', { level: 1, name: 'New credit' });
  await fill('Title', 'Billing Basics');
  await choose('No');
  await press('Save as draft');
  await see('Saved: Billing Basics. card.jpg: This looks like a photo. It is kept.');
  await press('Open the credit');
  await screen.findByRole('heading', { level: 1, name: 'Billing Basics' });
});
