import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { choose, expectNoBarriers, fill, open, press, see } from '../../testing/screen';

const start = () => open({ started: false });

async function fillIn() {
  await fill('Your name', ' Maria Delgado ');
  await choose(/CMA \(AAMA\) American Association/);
  await choose(/The day I was certified/);
  await fill('That date', '2021-03-17');
}

test('the first start offers three ways in', async () => {
  await start();
  expect(screen.getByRole('button', { name: /Start a new record/ })).toBeDefined();
  expect(screen.getByRole('button', { name: /I have a spreadsheet/ })).toBeDefined();
  expect(screen.getByRole('button', { name: /I have a Recert backup/ })).toBeDefined();
  await expectNoBarriers();
});

test('the period is read back before anything is kept', async () => {
  const fake = await start();
  await press(/Start a new record/);
  await fillIn();
  await press('Continue');
  await see('You’re current through 31 March 2026. Does your card say the same?');
  expect(fake.calls.some(({ command }) => command === 'start_record')).toBe(false);
  await expectNoBarriers();
  await press('Yes, start my record');
  await see(/You still need 60 points/);
  expect(fake.calls.find(({ command }) => command === 'start_record')?.args).toEqual({
    name: 'Maria Delgado',
    credential: {
      pack: 'cma-aama',
      certified_on: '2021-03-17',
      recertified_on: '',
      expires_on: '',
      expires_reason: '',
    },
  });
});

test('“No, change it” leads back to the date', async () => {
  await start();
  await press(/Start a new record/);
  await fillIn();
  await press('Continue');
  await press('No, change it');
  expect(document.activeElement).toBe(screen.getByLabelText('That date'));
  expect(screen.queryByText(/current through/)).toBeNull();
});

test('what is missing is said beside its field', async () => {
  await start();
  await press(/Start a new record/);
  await press('Continue');
  expect(screen.getByLabelText('Your name').getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(screen.getByLabelText('Your name'));
  await see('Write your name as your certification shows it.');
  await see('Choose the date you have at hand.');
  await see('Choose the certification you hold.');
  await fill('Your name', 'Maria Delgado');
  await choose(/CMA \(AAMA\) American Association/);
  await press('Continue');
  expect(document.activeElement).toBe(screen.getByRole('radio', { name: /The day I was/ }));
});

test('the spreadsheet door leads to the import', async () => {
  await start();
  await press(/I have a spreadsheet/);
  await fillIn();
  await press('Continue');
  await press('Yes, start my record');
  await screen.findByRole('heading', { level: 1, name: 'Import a spreadsheet' });
});

test('no certification is chosen for her, and each is shown with issuer and place', async () => {
  await start();
  await press(/Start a new record/);
  const names = screen.getAllByRole('radio', { name: /CMA/ }).map((radio) => {
    expect((radio as HTMLInputElement).checked).toBe(false);
    return radio.closest('label')?.textContent?.replace(/\s+/g, ' ').trim();
  });
  expect(names).toEqual([
    'CMA (AAMA) American Association of Medical Assistants, aama-ntl.org',
    'RCMA (Example Board) Draft rules Example Board of Clinical Assistants, Springfield, board.example',
  ]);
});

test('a search looks at name, issuer and place, and chooses nothing', async () => {
  await start();
  await press(/Start a new record/);
  await fill('Search by name, issuer or place', 'springfield');
  const [only, ...others] = screen.getAllByRole<HTMLInputElement>('radio', { name: /CMA/ });
  expect(others).toEqual([]);
  expect(only?.checked).toBe(false);
  await fill('Search by name, issuer or place', 'zebra');
  await see('No certification matches. Try a part of the issuer’s name.');
  await expectNoBarriers();
});

test('draft rules say what is not known before she starts with them', async () => {
  await start();
  await press(/Start a new record/);
  await choose(/RCMA/);
  await see(/What the Board says about college courses was not found/);
});

test('a locked backup opens with its passphrase, shows what is in it, and leads to the overview', async () => {
  const fake = await open({ started: false, locked: 'correct horse' });
  await press(/I have a Recert backup/);
  await screen.findByRole('heading', { level: 1, name: 'Bring back your record' });
  await expectNoBarriers();
  await press('Choose a file…');
  await fill('Passphrase', 'wrong horse');
  await press('Open the backup');
  await see(/The passphrase does not open/);
  expect(screen.getByLabelText<HTMLInputElement>('Passphrase').value).toBe('wrong horse');
  expect(document.activeElement).toBe(screen.getByLabelText('Passphrase'));
  await expectNoBarriers();
  await fill('Passphrase', 'correct horse');
  await press('Open the backup');
  await see('2 credits come back');
  expect(fake.calls.some(({ command }) => command === 'restore_backup')).toBe(false);
  await press('Restore this backup');
  await see(/You still need/);
  await see(/Your record is as it was on 15 Nov 2025/);
});
