import { screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { expectNoBarriers, open, press } from '../../testing/screen';

test('the first thing on the screen is where she stands', async () => {
  await open();
  const heading = screen.getByRole('heading', { level: 1 });
  expect(heading.textContent).toBe('You still need 0.5 administrative points, any source.');
  expect(document.activeElement).toBe(heading);
});

test('every requirement has its numbers in words beside the bar', async () => {
  await open();
  const points = screen.getByRole('region', { name: 'Points' });
  const line = (label: string) =>
    within(points).getByRole('heading', { name: label }).closest('summary')?.textContent ?? '';
  expect(line('Administrative')).toMatch(/0\.5 still needed\s+9\.5 of 10/);
  expect(line('AAMA-approved')).toMatch(/13\.5 more than needed\s+43\.5 of 30/);
  expect(line('From other sources')).toMatch(/room for 9\.5 more\s+20\.5 of at most 30/);
});

test('a requirement opens to the credits that fill it', async () => {
  await open();
  const line = screen.getByRole('heading', { name: 'Administrative' }).closest('details');
  line?.querySelector('summary')?.click();
  await screen.findByRole('button', { name: 'Prior Authorization Without Tears' });
  expect(line?.textContent).toContain('Source: Recertification policies.');
});

test('the time line has every date as text', async () => {
  await open();
  const period = within(screen.getByRole('region', { name: 'Your period' }));
  for (const text of ['1 March 2026', '10 March 2026', '31 March 2026', '29 June 2026']) {
    expect(period.getByText(text)).toBeDefined();
  }
});

test('what did not count says why, and from where', async () => {
  await open();
  screen.getByText('What did not count, and why').click();
  await screen.findByText(/counts only if formal credit was issued/);
  await expectNoBarriers();
});

test('credits without certificate are one press away', async () => {
  await open();
  await press(/credits without certificate/);
  expect(screen.getByLabelText<HTMLSelectElement>('Show').value).toBe('unproven');
});

test('an empty record says how to begin', async () => {
  await open({ credits: [] });
  expect(screen.getByRole('heading', { name: 'Add your first credit' })).toBeDefined();
  expect(screen.queryByText('What to do next')).toBeNull();
  await expectNoBarriers();
});

test('a record that cannot be opened says why and lets her try again', async () => {
  const message = 'This record was written by Recert 9. This is Recert 1. Install the newer one.';
  await open({ failing: { read_home: { code: 'vault_newer', message, fields: [] } } });
  expect(screen.getByRole('alert').textContent).toContain(message);
  expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  await expectNoBarriers();
});
