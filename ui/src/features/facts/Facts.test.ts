import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import type { FactInput } from '../../ipc/bindings/FactInput';
import type { FactView } from '../../ipc/bindings/FactView';
import { expectNoBarriers, fill, go, look, open, press, see, settled } from '../../testing/screen';
import { blank } from './fact';

const fact = (id: string, given: Partial<FactInput>): FactView => ({
  id,
  input: { ...blank(), ...given },
  proofs: [],
});

const CARD = fact('f1', {
  title: 'BLS Provider',
  issued_on: '2025-03-04',
  expires_on: '2027-03-31',
});

/** The card in her details. */
const list = () => screen.getByRole('region', { name: 'Cards, hours and statements' });

/** A line of the overview, opened. */
async function line(label: string): Promise<HTMLElement> {
  const details = screen.getByRole('heading', { name: label }).closest('details') as HTMLElement;
  details.querySelector('summary')?.click();
  await settled();
  return details;
}

const sent = (calls: { command: string; args: Record<string, unknown> }[], command: string) =>
  calls.filter((call) => call.command === command).map(({ args }) => args);

test('an empty list says what belongs there and how to begin', async () => {
  await open();
  await go('Your details');
  expect(list().textContent).toContain('Nothing is here yet.');
  expect(within(list()).getByRole('button').textContent).toBe('Add a card, hours or a statement');
});

test('a card is added, stands in the list, and the keyboard is where it was', async () => {
  const fake = await open();
  await go('Your details');
  await press('Add a card, hours or a statement');
  expect(document.activeElement).toBe(screen.getByLabelText('What is it?'));
  expect(screen.queryByLabelText('Hours'), 'a card has no hours').toBeNull();
  await fill(/What the card says/, 'BLS Provider');
  await fill('Issued on', '2025-03-04');
  await fill(/Valid until/, '2027-03-31');
  await expectNoBarriers();
  await press('Save');
  await see('CPR card, 4 Mar 2025 to 31 Mar 2027');
  await see('Saved: BLS Provider.');
  expect(sent(fake.calls, 'save_fact')).toEqual([{ id: null, input: CARD.input }]);
  expect(document.activeElement?.textContent).toBe('Add a card, hours or a statement');
  await expectNoBarriers();
});

test('what is asked follows what it is', async () => {
  await open();
  await go('Your details');
  await press('Add a card, hours or a statement');
  await fill('What is it?', 'work_hours:');
  expect(screen.getByLabelText('Hours')).toBeDefined();
  expect(screen.getByLabelText('Last day')).toBeDefined();
  await fill('What is it?', 'fee:');
  expect(screen.getByLabelText('Paid on')).toBeDefined();
  expect(screen.queryByLabelText(/Valid until|Last day/), 'a fee does not end').toBeNull();
  expect(
    screen.queryByLabelText('For which certification?'),
    'she holds one; there is no choice',
  ).toBeNull();
});

test('a fault is said beside its field, and the keyboard goes there', async () => {
  await open();
  await go('Your details');
  await press('Add a card, hours or a statement');
  await fill('What is it?', 'work_hours:');
  await press('Save');
  await see('Write how many hours, such as 520.');
  const hours = screen.getByLabelText('Hours');
  expect(hours.getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(hours);
  expect(screen.queryByRole('alert'), 'it is not said twice').toBeNull();
  await expectNoBarriers();
});

test('what has no field of its own is said above the buttons', async () => {
  const message = 'Another program is writing. Try again in a moment.';
  await open({ failing: { save_fact: { code: 'vault_busy', message, fields: [] } } });
  await go('Your details');
  await press('Add a card, hours or a statement');
  await press('Save');
  expect((await screen.findByRole('alert')).textContent).toContain(message);
});

test('one is changed where it stands; Escape leaves it as it was', async () => {
  const fake = await open({ facts: [CARD] });
  await go('Your details');
  await press('Change BLS Provider');
  const form = await screen.findByRole('form', { name: 'Change BLS Provider' });
  form.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }),
  );
  await waitFor(() => expect(screen.queryByRole('form', { name: /^Change/ })).toBeNull());
  await waitFor(() =>
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Change BLS Provider'),
  );

  await press('Change BLS Provider');
  await fill(/Valid until/, '2029-03-31');
  await press('Save');
  await see('CPR card, 4 Mar 2025 to 31 Mar 2029');
  expect(sent(fake.calls, 'save_fact')).toEqual([
    { id: 'f1', input: { ...CARD.input, expires_on: '2029-03-31' } },
  ]);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Change BLS Provider');
});

test('one that is removed can be put back', async () => {
  const fake = await open({ facts: [CARD] });
  await go('Your details');
  await press('Remove BLS Provider');
  await see('Removed: BLS Provider.');
  expect(list().textContent).toContain('Nothing is here yet.');
  expect(document.activeElement?.textContent).toBe('Add a card, hours or a statement');
  await press('Undo');
  await see('It is back.');
  expect(within(list()).getByText('BLS Provider')).toBeDefined();
  expect(sent(fake.calls, 'restore_fact')).toEqual([{ id: 'f1' }]);
});

test('what her rules ask for by name can be chosen by its name, and brings the name along', async () => {
  const fake = await open({ second: true });
  await go('Your details');
  await press('Add a card, hours or a statement');
  await fill('What is it?', 'attestation:orientation');
  expect(screen.getByLabelText<HTMLInputElement>(/What it says/).value).toBe(
    'Patient safety briefing',
  );
  await fill('What is it?', 'attestation:');
  expect(screen.getByLabelText<HTMLInputElement>(/What it says/).value).toBe('');
  await fill('What is it?', 'attestation:orientation');
  await fill('For which certification?', 'rcma');
  await press('Save');
  await see('Saved: Patient safety briefing.');
  expect(sent(fake.calls, 'save_fact')).toEqual([
    {
      id: null,
      input: {
        ...blank('attestation'),
        tag: 'orientation',
        title: 'Patient safety briefing',
        credential: 'rcma',
      },
    },
  ]);
});

test('a condition says what shows it, and is in place as soon as that is entered', async () => {
  const fake = await open({ second: true });
  await look('RCMA (Example Board)');
  const card = await line('Current CPR card');
  expect(card.textContent).toContain('Your CPR card shows this. Add it with the dates on it.');
  await press('Add a CPR card');
  expect(screen.queryByLabelText('What is it?'), 'the line says it').toBeNull();
  await fill(/Valid until/, '2027-03-31');
  await expectNoBarriers();
  await press('Save');
  await waitFor(() => expect(card.querySelector('summary')?.textContent).toContain('in place'));
  expect(card.textContent).toContain('until 31 Mar 2027');
  expect(document.activeElement?.textContent).toBe('Add another');
  expect(sent(fake.calls, 'save_fact')).toEqual([
    { id: null, input: { ...blank('cpr_card'), expires_on: '2027-03-31' } },
  ]);
  await expectNoBarriers();
});

test('hours that are not enough are listed, and the line says so', async () => {
  const facts = [
    fact('f1', {
      kind: 'work_hours',
      title: 'Lakeside Clinic',
      amount: '120',
      issued_on: '2025-01-01',
      expires_on: '2025-06-30',
    }),
  ];
  await open({ second: true, facts });
  await look('RCMA (Example Board)');
  const work = await line('Hours worked');
  expect(work.querySelector('summary')?.textContent).toContain('not shown yet');
  expect(work.textContent).toContain('These hours are not enough');
  expect(work.textContent).toContain('120 hours worked, 1 Jan 2025 to 30 Jun 2025');
  await press('Change Lakeside Clinic');
  await fill('Hours', '260');
  await press('Save');
  await waitFor(() => expect(work.querySelector('summary')?.textContent).toContain('in place'));
});

test('what must not be there is worded so, and counts against her only if entered', async () => {
  await open({ second: true });
  await look('RCMA (Example Board)');
  const complaint = await line('No open complaint');
  expect(complaint.textContent).toContain('Nothing of this kind is in your record');
  await press('I have one to enter');
  await fill('Day it was made or done', '2025-03-04');
  await press('Save');
  await waitFor(() =>
    expect(complaint.querySelector('summary')?.textContent).toContain('something against it'),
  );
  await press('Remove Statement or training');
  await waitFor(() =>
    expect(complaint.querySelector('summary')?.textContent).toContain('nothing against it'),
  );
});

test('advice is marked as done with a day', async () => {
  const fake = await open({ second: true });
  await look('RCMA (Example Board)');
  const fee = await line('Fee');
  await press('Mark as done');
  expect(screen.getByLabelText<HTMLInputElement>('Paid on').value).toBe('2025-11-22');
  await press('Save');
  await waitFor(() => expect(fee.querySelector('summary')?.textContent).toContain('done'));
  expect(fee.textContent).toContain('22 Nov 2025, for RCMA (Example Board)');
  expect(sent(fake.calls, 'save_fact')).toEqual([
    { id: null, input: { ...blank('fee'), issued_on: '2025-11-22', credential: 'rcma' } },
  ]);
});

test('a file is attached to a card, opened, and taken off again', async () => {
  const fake = await open({ facts: [CARD], chosen: ['card.pdf', 'scanner.exe'] });
  await go('Your details');
  await press('Attach a file… to BLS Provider');
  await within(list()).findByRole('button', { name: 'card.pdf' });
  expect(within(list()).getByRole('alert').textContent).toContain(
    'scanner.exe was not added. It is a program.',
  );
  await within(list()).findByRole('img', { name: /^card\.pdf, page 1/ });
  await expectNoBarriers();
  await press('card.pdf');
  await press('Remove card.pdf');
  await see('card.pdf is no longer attached.');
  expect(within(list()).queryByRole('button', { name: 'card.pdf' })).toBeNull();
  expect(document.activeElement?.textContent).toBe('Attach a file…');
  const sha256 = '1'.padStart(64, 'f');
  expect(fake.calls.filter(({ command }) => /^(open|detach)_proof$/.test(command))).toEqual([
    { command: 'open_proof', args: { sha256 } },
    { command: 'detach_proof', args: { owner: { fact: 'f1' }, sha256 } },
  ]);
});

test('a file that cannot be attached is said so', async () => {
  const message = 'No space is left. Nothing was changed; free some space and try again.';
  const failing = { attach_proofs: { code: 'disk_full' as const, message, fields: [] } };
  await open({ facts: [CARD], failing });
  await go('Your details');
  await press('Attach a file… to BLS Provider');
  await see(message);
});

test('a line says that only the paper is missing, until it is attached', async () => {
  const fake = await open({ second: true, facts: [CARD] });
  await look('RCMA (Example Board)');
  const next = screen.getByRole('region', { name: 'What to do next' });
  expect(next.textContent).toContain('Nothing else is missing for “Current CPR card”.');
  const card = await line('Current CPR card');
  const says = () => card.querySelector('summary')?.textContent ?? '';
  expect(says()).toMatch(/in place, paper missing.*Attach the card: a photo of both sides/s);
  await press('Attach a file… to BLS Provider');
  await waitFor(() => expect(says()).not.toContain('paper missing'));
  expect(says()).toContain('in place');
  expect(says()).not.toContain('Attach the card');
  expect(next.textContent).not.toContain('to attach');
  expect(sent(fake.calls, 'attach_proofs')).toMatchObject([{ owner: { fact: 'f1' } }]);
  await expectNoBarriers();
});

test('files dropped while a card is entered are its own, and are attached once it is saved', async () => {
  const fake = await open();
  await go('Your details');
  await press('Add a card, hours or a statement');
  await fake.hover(true);
  await see('Let go to attach it to what you are entering');
  await fake.drop({ drop: 4, names: ['front.jpg', 'back.jpg', 'scanner.exe'] });
  await see('Attached as soon as you save:');
  expect(screen.getByLabelText<HTMLSelectElement>('What this file shows: back.jpg').value).toBe(
    'card_back',
  );
  await expectNoBarriers();
  await press('Overview');
  await screen.findByRole('dialog', { name: 'Leave without saving?' });
  await press('Keep editing');
  await fill(/What the card says/, 'BLS Provider');
  await press('Save');
  await see(/^Saved: BLS Provider\. scanner\.exe was not added\. It is a program/);
  expect(sent(fake.calls, 'attach_dropped')).toEqual([
    { owner: { fact: 'f1' }, drop: 4, roles: ['card_front', 'card_back', 'certificate'] },
  ]);
  await within(list()).findByRole('button', { name: 'front.jpg' });
  await fake.drop({ drop: 5, names: ['certificate.pdf'] });
  await screen.findByRole('heading', { level: 1, name: 'New credit' });
});
