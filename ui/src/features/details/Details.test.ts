import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import type { Fake, FakeOptions } from '../../ipc/fake';
import { choose, expectNoBarriers, fill, go, open, press, see } from '../../testing/screen';

test('the screen says where the record lies and that Recert is nobody’s', async () => {
  await open();
  await go('Your details');
  await see('/home/maria/.local/share/recert');
  await see(/not affiliated with the AAMA/);
  await expectNoBarriers();
});

test('names and numbers are saved, empty lines are not', async () => {
  const fake = await open();
  await go('Your details');
  await fill('Name', 'Maria Delgado-Ruiz');
  await fill(/Former names/, 'Maria Reyes\n\n Maria Delgado ');
  await fill(/Address/, '12 Harbor Lane\n Duluth, MN 55802 \n');
  await fill(/Date of birth/, '1990-02-03');
  await fill(/AAMA number/, '');
  await press('Save your details');
  await see('Your details are saved.');
  expect(fake.calls.find(({ command }) => command === 'save_holder')?.args).toEqual({
    input: {
      name: 'Maria Delgado-Ruiz',
      former_names: ['Maria Reyes', 'Maria Delgado'],
      address: ['12 Harbor Lane', 'Duluth, MN 55802'],
      born_on: '1990-02-03',
      issuer_ids: {},
    },
  });
});

test('a changed date is read back before it is saved', async () => {
  const fake = await open();
  await go('Your details');
  const kept = within(screen.getByRole('region', { name: 'CMA (AAMA)' }));
  const expiry = kept.getByLabelText<HTMLInputElement>('Expiry on the card');
  expiry.value = '2026-04-30';
  expiry.dispatchEvent(new Event('input', { bubbles: true }));
  await press('Check and save');
  await see('You’re current through 30 April 2026. Does your card say the same?');
  expect(fake.calls.some(({ command }) => command === 'save_credential')).toBe(false);
  await press('Yes, save it');
  await see('Your certification is saved.');
});

test('a further certification is never guessed', async () => {
  const fake = await open();
  await go('Your details');
  await press('Check and add');
  await see('Choose the certification you hold.');
  expect(fake.calls.some(({ command }) => command === 'preview_credential')).toBe(false);
  expect(screen.queryByRole('radio', { name: /CMA \(AAMA\)/ }), 'she has it already').toBeNull();
  await choose(/RCMA \(Example Board\)/);
  await press('Check and add');
  await see(/You’re current through/);
  expect(fake.calls.find(({ command }) => command === 'preview_credential')?.args).toMatchObject({
    input: { pack: 'rcma-board' },
  });
});

test('a faulty name is said beside the name', async () => {
  const fields = [{ field: 'name', message: 'is empty; write the name as on the credential' }];
  const message = 'Your details are not saved yet.';
  await open({ failing: { save_holder: { code: 'invalid', message, fields } } });
  await go('Your details');
  await press('Save your details');
  await see('This is empty; write the name as on the credential.');
  expect(screen.getByLabelText('Name').getAttribute('aria-invalid')).toBe('true');
});

test('the record can be taken away', async () => {
  await open();
  await go('Your details');
  await press('Export your record…');
  await see('Saved as Recert record 2025-11-22.json');
});

const documents = () => within(screen.getByRole('region', { name: 'Your documents' }));

test('a document says what it shows when it is added, and can be marked anew, opened and taken off', async () => {
  const fake = await open({ chosen: ['marriage certificate.pdf'] });
  await go('Your details');
  expect(documents().getByText(/^Nothing is here yet\./)).toBeDefined();
  await fill('What the document you add shows', 'name_change');
  await press('Choose a document…');
  const shows = 'What this file shows: marriage certificate.pdf';
  expect((await documents().findByLabelText<HTMLSelectElement>(shows)).value).toBe('name_change');
  await documents().findByRole('img', { name: /^marriage certificate\.pdf, page 1/ });
  expect(documents().queryByText(/^Nothing is here yet\./)).toBeNull();
  await expectNoBarriers();
  await fill(shows, 'letter');
  await see('marriage certificate.pdf now shows: letter.');
  await press('marriage certificate.pdf');
  expect(fake.calls.map(({ command }) => command)).toContain('open_proof');
  await press('Remove marriage certificate.pdf');
  await see('marriage certificate.pdf is no longer attached.');
  expect(documents().getByText(/^Nothing is here yet\./)).toBeDefined();
  await press(/^Undo: took a file off/);
  await documents().findByRole('button', { name: 'marriage certificate.pdf' });
});

test('whoever leaves with unsaved changes is asked, and what is saved is no change', async () => {
  await open();
  await go('Your details');
  await fill('Name', 'Maria Delgado-Ruiz');
  await press('Overview');
  await screen.findByRole('dialog', { name: 'Leave without saving?' });
  await expectNoBarriers();
  await press('Keep editing');
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Maria Delgado-Ruiz');
  await press('Save your details');
  await see('Your details are saved.');
  await choose(/RCMA \(Example Board\)/);
  await press('Overview');
  await press('Discard the changes');
  await screen.findByRole('heading', { level: 1, name: /./ });
  expect(screen.queryByRole('heading', { level: 1, name: 'Your details' })).toBeNull();
  await go('Your details');
  await go('Backups');
});

async function openDeletion(options?: FakeOptions) {
  const fake = await open(options);
  await go('Your details');
  await press('Delete everything…');
  await see('What would be deleted');
  return fake;
}

const deletions = (fake: Fake) =>
  fake.calls.filter(({ command }) => command === 'delete_everything');

test('everything is deleted after a look and her name, listed, and the first start follows', async () => {
  const fake = await openDeletion();
  await see('27 certificates');
  await see('/home/maria/.local/share/recert/notes.txt');
  await expectNoBarriers();
  await fill('Your name', 'Maria');
  await press('Delete everything');
  await see('Write Maria Delgado, or go back.');
  expect(document.activeElement, 'the field that is at fault').toBe(
    screen.getByLabelText('Your name'),
  );
  expect(deletions(fake)).toEqual([]);
  await fill('Your name', ' maria delgado ');
  await press('Delete everything');
  await see('Everything is deleted');
  await see('27 certificates');
  await expectNoBarriers();
  expect(deletions(fake)[0]?.args).toEqual({ outside: false });
  await press('Start again');
  await waitFor(() => expect(screen.queryByText('Everything is deleted')).toBeNull());
  expect(screen.queryByRole('navigation')).toBeNull();
});

test('copies outside go only when they are marked, and can be marked only while they are there', async () => {
  const outside = {
    folder: '/media/maria/STICK/Recert backup',
    reachable: true,
    last_outside: null,
    backups: [{ name: 'a', taken_at: '2025-11-22T15:00:00Z', reason: 'daily', holds: null }],
  };
  const fake = await openDeletion({ backups: { outside } });
  await see('4 backups');
  screen.getByRole('checkbox', { name: /STICK/ }).click();
  await see('5 backups');
  await fill('Your name', 'Maria Delgado');
  await press('Delete everything');
  expect(deletions(fake)[0]?.args).toEqual({ outside: true });

  cleanup();
  await openDeletion({ backups: { outside: { ...outside, reachable: false } } });
  await see(/If they are on a stick, plug it in first/);
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /STICK/ }).disabled).toBe(true);
});

test('what could not be deleted says why, and everything can be kept', async () => {
  const message = 'Another program is writing. Close it, then try again.';
  const fake = await openDeletion({
    failing: { delete_everything: { code: 'vault_busy', message, fields: [] } },
  });
  await fill('Your name', 'Maria Delgado');
  await press('Delete everything');
  await see(message);
  await press('Keep everything');
  await see('Export your record…');
  expect(deletions(fake)).toHaveLength(1);
});
