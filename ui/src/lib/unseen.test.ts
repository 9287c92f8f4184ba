// What cannot be seen, on every screen.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { screen, waitFor } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';

import { credit } from '../ipc/fake/sample';
import { go, open, press, see } from '../testing/screen';
import { showUnseen, shown } from './unseen';

type Range = [string, string];
type Cases = Record<'control' | 'turn' | 'hide' | 'mark' | 'empty', Range[]>;
const cases = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../crates/domain/tests/unseen.json'), 'utf8'),
) as Cases;

afterEach(() => document.body.replaceChildren());

test('the window shows the same characters that Rust does, and no other', () => {
  const told = [...cases.control, ...cases.turn, ...cases.hide, ...cases.mark];
  const isTold = (code: number) =>
    told.some(([first, last]) => parseInt(first, 16) <= code && code <= parseInt(last, 16));
  const wrong = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const character = String.fromCodePoint(code);
    if ((shown(character) !== character) !== isTold(code)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

test('a character that cannot be seen is shown by its number, and the rest as it stands', () => {
  for (const [text, as] of [
    ['Zoë’s\tEKG\r\n記録 👩🏽\u200d⚕️', 'Zoë’s\tEKG\r\n記録 👩🏽\u200d⚕️'],
    ['\u001b]0;gone\u0007', '<U+001B>]0;gone<U+0007>'],
    ['\0\b\u007f\u009b31m', '<U+0000><U+0008><U+007F><U+009B>31m'],
    ['invoice\u202efdp.exe', 'invoice<U+202E>fdp.exe'],
    ['משה\u200f\u{e0041}', 'משה<U+200F><U+E0041>'],
    ['\ufeffPhle\u00adbo\u200btomy', '\ufeffPhle\u00adbo\u200btomy'],
  ] as const)
    expect(shown(text)).toBe(as);
});

test('a text is shown whoever writes it and whenever, and a field keeps its own', async () => {
  document.body.innerHTML =
    '<p>a\u202eb</p><button aria-label="Remove \u2066x">x</button><div></div>';
  const field = document.createElement('textarea');
  field.append('a\u202eb');
  document.body.append(field);
  const stop = showUnseen(document.documentElement);
  const [paragraph, button, place] = ['p', 'button', 'div'].map((tag) =>
    document.querySelector(tag),
  );
  expect(paragraph?.textContent).toBe('a<U+202E>b');
  expect(button?.getAttribute('aria-label')).toBe('Remove <U+2066>x');
  if (paragraph?.firstChild) paragraph.firstChild.nodeValue = 'c\u001bd';
  place?.append(Object.assign(document.createElement('b'), { textContent: '\u009b' }));
  button?.setAttribute('aria-label', '\u200f');
  await waitFor(() => expect(button?.getAttribute('aria-label')).toBe('<U+200F>'));
  expect(paragraph?.textContent).toBe('c<U+001B>d');
  expect(place?.textContent).toBe('<U+009B>');
  expect(field.textContent).toBe('a\u202eb');
  stop();
});

test('a title of an older record turns nothing around, and can be mended in its form', async () => {
  const title = 'EKG \u202egnihtemos\u001b[2J';
  const fake = await open();
  await go('Credits');
  fake.addElsewhere(
    credit('n1', { title, completed_on: '2025-03-04', amount: '1', unit: 'aama_ceu' }),
  );
  window.dispatchEvent(new Event('focus'));
  await see('EKG <U+202E>gnihtemos<U+001B>[2J');
  expect(document.body.textContent).not.toMatch(/[\u001b\u202e]/);
  await press('EKG <U+202E>gnihtemos<U+001B>[2J');
  expect((await screen.findByLabelText<HTMLInputElement>('Title')).value).toBe(title);
});
