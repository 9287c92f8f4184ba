import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { credit } from '../../ipc/fake/sample';
import {
  choose,
  expectNoBarriers,
  fill,
  go,
  leave,
  open,
  press,
  see,
  settled,
} from '../../testing/screen';

async function openNew() {
  const fake = await open();
  await go('Credits');
  await press('Add a credit');
  await screen.findByRole('heading', { level: 1, name: 'New credit' });
  return fake;
}

async function openKept(title: string) {
  const fake = await open();
  await go('Credits');
  await press(title);
  await screen.findByRole('heading', { level: 1, name: title });
  return fake;
}

async function fillIn() {
  await fill('Title', 'Billing Basics');
  await fill('Date', '2025-11-01');
  await fill('Amount', '2.0');
  await fill('Unit', 'contact_hour');
  await choose('No');
  await choose(/^Administrative/);
}

test('the effect shows while she types', async () => {
  await openNew();
  await fillIn();
  await see('Counts 2 administrative points');
  await see('You have all the points you need.');
  await expectNoBarriers();
});

test('what keeps a credit from counting is said beside the form', async () => {
  await openNew();
  await fillIn();
  await fill('Amount', '0.5');
  await see('Counts nothing');
  await see(/at least one contact hour/);
});

test('a faulty amount is shown beside the amount once she leaves it', async () => {
  await openNew();
  await fill('Amount', '2,5');
  expect(screen.queryByText(/This is not an amount/)).toBeNull();
  await leave('Amount');
  await see('This is not an amount; write a number such as 1.5.');
  const amount = screen.getByLabelText('Amount');
  expect(amount.getAttribute('aria-invalid')).toBe('true');
  expect(amount.getAttribute('aria-describedby')).toMatch(/fault/);
  await expectNoBarriers();
});

test('saving shows every fault and goes to the first', async () => {
  await openNew();
  await press('Save');
  await see('Write the title as the certificate prints it.');
  await see('Give the day it was completed.');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Title')));
  expect(screen.getByRole('alert').textContent).toContain('not saved yet');
});

test('a saved credit is in the list', async () => {
  const fake = await openNew();
  await fillIn();
  await press('Save');
  await screen.findByRole('button', { name: 'Billing Basics' });
  await see('Saved: Billing Basics.');
  expect(fake.credits().at(-1)).toMatchObject({ split: { administrative: '2.0' }, approver: null });
});

test('a draft may lack anything', async () => {
  const fake = await openNew();
  await press('Save as draft');
  await see('Saved: a draft without title.');
  expect(fake.credits().at(-1)?.status).toBe('draft');
});

test('several categories show what they add up to', async () => {
  await openNew();
  await fillIn();
  await choose('Several categories');
  await fill('Clinical', '1.5');
  await see(/Together 1\.5 of 2\.0\./);
  await press('Save');
  await see(/The categories must add up to 2\.0, the amount on the certificate/);
  await fill('General', '0.5');
  await press('Save');
  await screen.findByRole('button', { name: 'Billing Basics' });
});

test('a CPR card asks for the card, not for an amount', async () => {
  await openNew();
  await choose('CPR card');
  expect(screen.queryByLabelText('Amount')).toBeNull();
  expect(screen.getByLabelText('Valid until')).toBeDefined();
  await fill('Title', 'BLS Provider');
  await fill('Issued on', '2025-06-02');
  await see('Counts 4 clinical points');
  await expectNoBarriers();
});

test('points that AAMA already shows ask for category, points and day', async () => {
  await openNew();
  await choose('Points AAMA already shows');
  expect(screen.queryByLabelText('Title')).toBeNull();
  await fill('As of', '2025-11-20');
  await fill('Points', '12');
  await choose(/^General/);
  await see('Counts 12 general points');
  await expectNoBarriers();
});

test('Escape leaves an untouched form', async () => {
  await openNew();
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  await screen.findByRole('heading', { level: 1, name: 'Credits' });
});

test('Escape asks before unsaved changes are given up', async () => {
  await openNew();
  await fill('Title', 'Half typed');
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', cancelable: true }));
  await screen.findByRole('dialog', { name: 'Leave without saving?' });
  await expectNoBarriers();
  await press('Keep editing');
  expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('Half typed');
  await press('Cancel');
  await press('Discard the changes');
  await screen.findByRole('heading', { level: 1, name: 'Credits' });
});

test('a removed credit comes back with Undo', async () => {
  const fake = await openKept('Order of Draw');
  await press('Remove');
  await see('Removed: Order of Draw.');
  expect(fake.credits()).toHaveLength(30);
  await press('Undo');
  await screen.findByRole('button', { name: 'Order of Draw' });
  await see('Back in your record: Order of Draw.');
});

test('files dropped on an open credit are attached to it', async () => {
  const fake = await openKept('Order of Draw');
  await fake.drop({ drop: 7, names: ['scan.pdf', 'setup.exe'] });
  await screen.findByRole('button', { name: 'scan.pdf' });
  expect(screen.getByRole('alert').textContent).toMatch(
    /setup\.exe was not added\. It is a program/,
  );
});

test('files dropped elsewhere wait in a new credit until it is saved', async () => {
  const fake = await open();
  await fake.hover(true);
  await see('Let go to add it as a new credit');
  await fake.drop({ drop: 3, names: ['certificate.pdf'] });
  await screen.findByRole('heading', { level: 1, name: 'New credit' });
  expect(screen.queryByText('Let go to add it as a new credit')).toBeNull();
  await see('certificate.pdf');
  expect(fake.calls.some(({ command }) => command === 'attach_dropped')).toBe(false);
  await fillIn();
  await press('Save');
  await screen.findByRole('button', { name: 'Billing Basics' });
  expect(
    fake
      .credits()
      .at(-1)
      ?.proofs.map((proof) => proof.name),
  ).toEqual(['certificate.pdf']);
});

test('a file for a new credit is chosen after a draft of it is kept', async () => {
  const fake = await openNew();
  await fill('Title', 'Billing Basics');
  await press('Save as draft and choose a file…');
  await screen.findByRole('button', { name: 'chosen certificate.pdf' });
  expect(fake.credits().at(-1)).toMatchObject({ title: 'Billing Basics', status: 'draft' });
});

test('a certificate can be opened and taken away', async () => {
  const fake = await openKept('Order of Draw');
  await press('Order of Draw certificate.pdf');
  expect(fake.calls.map(({ command }) => command)).toContain('open_proof');
  await press('Remove Order of Draw certificate.pdf');
  await see(/None yet\. Drop the file/);
});

test('what a file shows is said for each, at once, and can be undone', async () => {
  const fake = await openKept('Order of Draw');
  const file = 'What this file shows: Order of Draw certificate.pdf';
  expect(screen.getByLabelText<HTMLSelectElement>(file).value).toBe('certificate');
  await fill(file, 'course_description');
  await see('Order of Draw certificate.pdf now shows: course description.');
  expect(screen.getByLabelText<HTMLSelectElement>(file).value).toBe('course_description');
  const shown = () =>
    fake.credits().find(({ title }) => title === 'Order of Draw')?.proofs[0]?.role;
  expect(shown()).toBe('course_description');
  await expectNoBarriers();
  await press(/^Undo: changed what a file shows/);
  await waitFor(() => expect(shown()).toBe('certificate'));
});

test('what cannot be kept is said, and the file shows what it showed', async () => {
  const message = 'No space is left. Nothing was changed; free some space and try again.';
  await open({ failing: { set_proof_role: { code: 'disk_full', message, fields: [] } } });
  await go('Credits');
  await press('Order of Draw');
  const file = await screen.findByLabelText<HTMLSelectElement>(/^What this file shows/);
  await fill(/^What this file shows/, 'letter');
  await see(message);
  expect(file.value).toBe('certificate');
});

test('the first file of a card is its front, the second its back, unless she says otherwise', async () => {
  const fake = await open();
  await fake.drop({ drop: 3, names: ['a.jpg', 'b.jpg', 'c.pdf'] });
  await screen.findByRole('heading', { level: 1, name: 'New credit' });
  const shows = (name: string) =>
    screen.getByLabelText<HTMLSelectElement>(`What this file shows: ${name}`).value;
  expect(['a.jpg', 'b.jpg', 'c.pdf'].map(shows)).toEqual(Array(3).fill('certificate'));
  await choose('CPR card');
  expect(['a.jpg', 'b.jpg', 'c.pdf'].map(shows)).toEqual([
    'card_front',
    'card_back',
    'certificate',
  ]);
  await fill('What this file shows: a.jpg', 'receipt');
  expect(['a.jpg', 'b.jpg', 'c.pdf'].map(shows)).toEqual(['receipt', 'card_front', 'card_back']);
  await expectNoBarriers();
  await fill('Title', 'Heartsaver');
  await fill('Issued on', '2025-06-02');
  await press('Save');
  await screen.findByRole('button', { name: 'Heartsaver' });
  expect(
    fake
      .credits()
      .at(-1)
      ?.proofs.map(({ role }) => role),
  ).toEqual(['receipt', 'card_front', 'card_back']);
});

test('a file that shows another credit as well says which', async () => {
  const proofs = [
    { sha256: 'a'.repeat(64), name: 'transcript.pdf', role: 'transcript_page' as const },
  ];
  const credits = ['Anatomy', 'Physiology'].map((title, index) =>
    credit(`c${index + 1}`, { title, proofs }),
  );
  await open({ credits });
  await go('Credits');
  await press('Anatomy');
  await see('Also attached to “Physiology”.');
});

test('an older preview never overwrites a newer one', async () => {
  await openKept('Order of Draw');
  await fill('Amount', '3');
  await fill('Amount', '4');
  await see('Counts 4 clinical points');
  await settled();
  const effect = within(screen.getByRole('region', { name: 'What it does' }));
  expect(effect.queryByText('Counts 3 clinical points')).toBeNull();
});

async function openSecond(title?: string) {
  const fake = await open({ second: true });
  await go('Credits');
  await press(title ?? 'Add a credit');
  await screen.findByRole('heading', { level: 1, name: title ?? 'New credit' });
  return fake;
}

const effect = () => screen.getByRole('region', { name: 'What it does' });

test('a credit says what it does to each certification, with arithmetic, reasons and sources', async () => {
  await openSecond('Hypertension: Measuring It Right');
  await see('Counts 2 clinical points');
  expect(effect().textContent).toContain('2.0 contact hours = 2 points');
  within(effect()).getByRole('heading', { name: 'RCMA (Example Board)' }).click();
  expect(effect().textContent).toMatch(/2\.0 × 0\.5 = 1 credit hours \(contact hours\)\./);
  expect(effect().textContent).toContain('https://board.example/handbook');
  await expectNoBarriers();
});

test('two issuers are asked about in one question, and a category of each', async () => {
  const fake = await openSecond();
  await fill('Title', 'Billing Basics');
  await fill('Date', '2025-11-01');
  await fill('Amount', '2.0');
  await fill('Unit', 'contact_hour');
  await choose('the Board');
  const group = (name: RegExp) => within(screen.getByRole('group', { name }));
  group(/Category for CMA/)
    .getByRole('radio', { name: /^General/ })
    .click();
  await settled();
  group(/Category for RCMA/)
    .getByRole('radio', { name: /^Basic/ })
    .click();
  await settled();
  screen.getByRole('checkbox', { name: 'Law' }).click();
  await settled();
  await expectNoBarriers();
  await press('Save');
  await screen.findByRole('button', { name: 'Billing Basics' });
  expect(fake.credits().at(-1)).toMatchObject({
    approver: 'board',
    split: { general: '2.0' },
    splits: { 'rcma-board': { basic: '2.0' } },
    tags: ['law'],
  });
});

test('further amounts and parts stand behind one line, and are kept', async () => {
  const fake = await openNew();
  await fillIn();
  screen.getByText('More on this certificate').click();
  await press('Add a further amount');
  const further = within(screen.getByRole('group', { name: 'Further amount 1' }));
  expect(document.activeElement).toBe(further.getByLabelText('Amount'));
  const type = async (control: HTMLElement, value: string) => {
    (control as HTMLInputElement).value = value;
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
  };
  await type(further.getByLabelText('Amount'), '0.2');
  await type(further.getByLabelText('Unit'), 'iacet_ceu');
  await press('Add a part');
  await fill('Title of the part', 'Keynote');
  await expectNoBarriers();
  await press('Remove part 1');
  await press('Save');
  await screen.findByRole('button', { name: 'Billing Basics' });
  expect(fake.credits().at(-1)).toMatchObject({
    awards: [{ amount: '0.2', unit: 'iacet_ceu', approver: null, number: null }],
    sessions: [],
  });
});

test('a question about the credit is answered beside it', async () => {
  const fake = await openKept('De-escalation in the Waiting Room');
  await see('Open about this credit');
  await press('I have an answer');
  const form = within(await screen.findByRole('form', { name: /^The answer/ }));
  form.getByRole('radio', { name: 'Yes' }).click();
  await press('Keep the answer');
  await waitFor(() => expect(screen.queryByText('Open about this credit')).toBeNull());
  expect(fake.calls.find(({ command }) => command === 'answer_question')?.args).toMatchObject({
    input: { question: 'approver', answer: 'Yes', credential: 'cma', credits: ['c27'] },
  });
});
