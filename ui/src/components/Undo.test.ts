import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import { expectNoBarriers, fill, go, open, press, see, settled } from '../testing/screen';

async function openCredit(title: string) {
  await go('Credits');
  await press(title);
  await screen.findByRole('heading', { level: 1, name: title });
}

async function removeOne() {
  const fake = await open();
  await openCredit('Injection Safety');
  await press('Remove');
  await screen.findByRole('button', { name: 'Undo: removed “Injection Safety”' });
  return fake;
}

async function keys(target: EventTarget, key: string, shiftKey = false) {
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key, shiftKey, ctrlKey: true, bubbles: true, cancelable: true }),
  );
  await settled();
}

test('a record that nothing was done to offers nothing to undo', async () => {
  await open();
  expect(screen.queryByRole('button', { name: /^(Undo|Redo)/ })).toBeNull();
});

test('a button names what it undoes, and the other one does it again', async () => {
  const fake = await removeOne();
  await expectNoBarriers();
  const undo = screen.getByRole('button', { name: 'Undo: removed “Injection Safety”' });
  undo.focus();
  undo.click();
  await see('Undone: removed “Injection Safety”.');
  expect(fake.credits().map(({ title }) => title)).toContain('Injection Safety');
  expect(await screen.findByRole('button', { name: 'Injection Safety' })).toBeDefined();
  const redo = screen.getByRole('button', { name: 'Redo: removed “Injection Safety”' });
  await waitFor(() => expect(document.activeElement, 'the other button went away').toBe(redo));
  redo.click();
  await see('Done again: removed “Injection Safety”.');
  expect(fake.credits().map(({ title }) => title)).not.toContain('Injection Safety');
});

test('the keys undo and redo, but leave a text field to itself', async () => {
  const fake = await removeOne();
  const asked = () => fake.calls.map(({ command }) => command).filter((c) => /do_last/.test(c));
  await keys(screen.getByLabelText('Search'), 'z');
  expect(asked()).toEqual([]);
  await keys(document.body, 'z');
  await see('Undone: removed “Injection Safety”.');
  await keys(document.body, 'Z', true);
  await see('Done again: removed “Injection Safety”.');
  await keys(document.body, 'Z', true);
  expect(asked(), 'there is nothing more to do again').toEqual(['undo_last', 'redo_last']);
});

test('a form with unsaved changes is asked about first, and then shows what is in the record', async () => {
  const fake = await removeOne();
  await openCredit('Order of Draw');
  await fill('Title', 'Venipuncture');
  await press(/^Undo: /);
  await screen.findByRole('dialog', { name: 'Leave without saving?' });
  await press('Keep editing');
  expect(fake.calls.some(({ command }) => command === 'undo_last')).toBe(false);
  await press(/^Undo: /);
  await press('Discard the changes');
  await see('Undone: removed “Injection Safety”.');
  expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('Order of Draw');
});

test('a credit that is undone gives way to the list', async () => {
  await open();
  await go('Credits');
  await press('Add a credit');
  await fill('Title', 'Venipuncture');
  await press('Save as draft');
  await openCredit('Venipuncture');
  await press('Undo: saved “Venipuncture”');
  await screen.findByRole('heading', { level: 1, name: 'Credits' });
  expect(screen.queryByRole('button', { name: 'Venipuncture' })).toBeNull();
});
