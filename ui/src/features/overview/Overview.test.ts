import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { judgeSecond } from '../../ipc/fake/second';
import { expectNoBarriers, fill, go, look, open, press, see } from '../../testing/screen';

test('the first thing on the screen is where she stands', async () => {
  await open();
  const heading = screen.getByRole('heading', { level: 1 });
  expect(heading.textContent).toBe('You still need 0.5 administrative points, any source.');
  expect(document.activeElement).toBe(heading);
});

test('every requirement has its numbers in words beside the bar', async () => {
  await open();
  const points = screen.getByRole('region', { name: 'Requirements' });
  const line = (label: string) =>
    within(points).getByRole('heading', { name: label }).closest('summary')?.textContent ?? '';
  expect(line('Administrative')).toMatch(/0\.5 still needed\s+9\.5 of 10/);
  expect(line('AAMA-approved')).toMatch(/13\.5 more than needed\s+43\.5 of 30/);
  expect(line('From other sources')).toMatch(/room for 9\.5 more\s+20\.5 of at most 30/);
  expect(line('CPR cards')).toMatch(/room for 1 more\s+2 of 2 count/);
});

test('a requirement opens to the credits that fill it', async () => {
  await open();
  const line = screen.getByRole('heading', { name: 'Administrative' }).closest('details');
  line?.querySelector('summary')?.click();
  await screen.findByRole('button', { name: 'Prior Authorization Without Tears' });
  expect(line?.textContent).toMatch(/Source: Recertification policies\.\s+This is AAMA’s own text/);
  expect(line?.textContent).toContain('Not yet checked by a person on the issuer’s page.');
  expect(line?.textContent).toContain('https://issuer.example/policies');
  expect(line?.querySelector('a')).toBeNull();
  await expectNoBarriers();
});

test('an opened line says what did not count there, and why', async () => {
  await open();
  const line = screen.getByRole('heading', { name: 'Clinical' }).closest('details');
  line?.querySelector('summary')?.click();
  await screen.findByText('What did not count, or not all of it');
  expect(line?.textContent).toMatch(/Injection Safety.*Counts nothing.*at least one contact hour/s);
  expect(line?.textContent).not.toContain('New Employee Orientation');
});

test('the time line has every date as text', async () => {
  await open();
  const period = within(screen.getByRole('region', { name: 'Your period' }));
  for (const text of ['1 March 2026', '10 March 2026', '31 March 2026', '29 June 2026']) {
    expect(period.getByText(text)).toBeDefined();
  }
});

test('the days are given for each way of applying, and why one is barred', async () => {
  await open();
  const period = screen.getByRole('region', { name: 'Your period' });
  within(period).getByText('Ways to apply').click();
  expect(period.textContent).toMatch(
    /By mail\s+Send it by 1 March 2026\. That day is our advice\.\s+Sent on 22 November 2025/,
  );
  expect(period.textContent).toMatch(/Not open to you now\. Some of what counts was not approved/);
});

test('another day is tried without keeping anything', async () => {
  const fake = await open();
  screen.getByText('What if you apply on another day?').click();
  await see(/Renewed on 22 November 2025, you would be current/);
  await fill('What if I apply on', '2026-02-01');
  await see(/Renewed on 1 February 2026, you would be current/);
  screen.getByLabelText('Count what is planned').click();
  await waitFor(() =>
    expect(fake.calls.at(-1)).toEqual({
      command: 'what_if',
      args: { credential: 'cma', on: '2026-02-01', planned: false },
    }),
  );
  await expectNoBarriers();
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

test('each of several ways stands under its name, the nearest first', async () => {
  await open({ second: true });
  await look('RCMA (Example Board)');
  const lines = screen.getByRole('region', { name: 'Requirements' });
  const headings = within(lines)
    .getAllByRole('heading', { level: 3 })
    .map((heading) => heading.textContent?.replace(/\s+/g, ' ').trim());
  expect(headings).toEqual([
    'Law',
    'In each year',
    'In each year',
    'Current CPR card',
    'No open complaint',
    'Patient safety briefing',
    '10 credit hours and work the way that is nearest',
    '20 credit hours another way',
  ]);
  expect(within(lines).getByText('1 July 2025 to 30 June 2026')).toBeDefined();
  await expectNoBarriers();
});

test('conditions and advice are words, not bars', async () => {
  await open({ second: true });
  await look('RCMA (Example Board)');
  const line = (label: string) =>
    screen.getByRole('heading', { name: label }).closest('summary') as HTMLElement;
  expect(line('Hours worked').textContent).toMatch(
    /not in your record yet\s+Show at least 260 hours of work in each year\. 0 of 260 hours are on file\./,
  );
  expect(line('No open complaint').textContent).toContain('nothing against it');
  expect(line('Fee').textContent).toMatch(/^Fee\s+Pay the renewal fee/);
  for (const label of ['Hours worked', 'Fee']) {
    expect(line(label).querySelector('.meter')).toBeNull();
  }
});

test('where only a date matters, nothing is counted up against her', async () => {
  const dateOnly = judgeSecond([]);
  dateOnly.requirements = dateOnly.requirements.filter((line) => line.kind === 'advice');
  dateOnly.paths = [];
  dateOnly.gap.sentence = 'The Board asks for no continuing education; only the date matters.';
  await open({ second: true, evaluations: { rcma: dateOnly } });
  await look('RCMA (Example Board)');
  await screen.findByRole('heading', { level: 1, name: /only the date matters/ });
  expect(screen.queryByRole('region', { name: 'Requirements' })).toBeNull();
  expect(screen.queryByText('What did not count, and why')).toBeNull();
  expect(screen.queryByText(/without certificate/)).toBeNull();
  expect(screen.getByRole('region', { name: 'Good to know' })).toBeDefined();
  expect(screen.getByRole('region', { name: 'Your period' })).toBeDefined();
});

test('draft rules say so above everything else', async () => {
  await open({ second: true });
  await look('RCMA (Example Board)');
  await see(/What the Board says about college courses was not found/);
});

test('rules that cannot be judged by hide nothing but their own answer', async () => {
  const message = 'The rules in this record cannot be used. Put the value back.';
  await open({ failing: { read_evaluation: { code: 'pack_refused', message, fields: [] } } });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('cannot be judged now');
  expect(screen.getByRole('alert').textContent).toContain(message);
  await expectNoBarriers();
  await press('Credits');
  expect(await screen.findByRole('button', { name: 'Order of Draw' })).toBeDefined();
});

test('where copies went until now is asked on the overview before anything is copied there', async () => {
  const folder = '/media/maria/OLD/Recert backup';
  const fake = await open({ backups: { former_place: folder } });
  await see(`Backups of this record went to “${folder}” until now. Copy there again?`);
  expect(fake.calls.some(({ command }) => command === 'resume_outside_place')).toBe(false);
  await press('Yes, copy there again');
  await see(/The last copy of your record left this computer on/);
});

test('a place for copies outside is asked for once, and can be put off', async () => {
  const fake = await open();
  await see('Keep a copy outside this computer');
  await expectNoBarriers();
  await press('Not now');
  expect(screen.queryByText('Keep a copy outside this computer')).toBeNull();
  expect(fake.calls.some(({ command }) => command === 'put_off_outside_place')).toBe(true);
  await go('Credits');
  await press('Overview');
  await screen.findByRole('heading', { level: 1, name: /need/ });
  expect(screen.queryByText('Keep a copy outside this computer')).toBeNull();
});

test('one line says when the last copy left, and says more only when that is long ago', async () => {
  await open();
  await see('Keep a copy outside this computer');
  await press('Choose a place…');
  await see(/The last copy of your record left this computer on 22 Nov 2025/);
  expect(screen.queryByText(/It is time for/)).toBeNull();
});

test('a copy that is overdue says what to do', async () => {
  const folder = '/media/maria/STICK/Recert backup';
  const last_outside = '2025-10-02T15:00:00Z';
  await open({ backups: { outside: { folder, reachable: false, last_outside, backups: [] } } });
  await see(/2 Oct 2025/);
  await see(/It is time for another one/);
  await expectNoBarriers();
});
