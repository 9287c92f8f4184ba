// What every test of a screen does: open the window on a fake back end, walk about, look for barriers.
import { render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { expect } from 'vitest';

import App from '../App.svelte';
import { installFake, type Fake, type FakeOptions } from '../ipc/fake';

/** Opens the window and waits for its first heading. */
export async function open(options?: FakeOptions): Promise<Fake> {
  const fake = installFake(options);
  render(App);
  await screen.findByRole('heading', { level: 1 });
  return fake;
}

/** Presses the button with this name. */
export async function press(name: string | RegExp): Promise<void> {
  screen.getByRole('button', { name }).click();
  await settled();
}

/** Goes to a screen by the navigation. */
export async function go(name: string): Promise<void> {
  await press(name);
  await screen.findByRole('heading', { level: 1, name });
}

/** Looks at another certification. */
export const look = (name: string) =>
  fill(
    'Certification',
    [...screen.getByLabelText<HTMLSelectElement>('Certification').options].find(
      (option) => option.text === name,
    )?.value ?? '',
  );

/** Types into a labelled field, or chooses in it. */
export async function fill(label: string | RegExp, value: string): Promise<void> {
  const control = screen.getByLabelText<HTMLInputElement>(label);
  control.value = value;
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
}

/** Marks a radio button. */
export async function choose(name: string | RegExp): Promise<void> {
  screen.getByRole('radio', { name }).click();
  await settled();
}

/** Leaves a field, as the Tab key does. */
export async function leave(label: string | RegExp): Promise<void> {
  screen.getByLabelText(label).dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
  await settled();
}

/** Lets promises and Svelte's updates run. */
export const settled = () => new Promise((resolve) => setTimeout(resolve));

/** Expects the text to appear. */
export const see = (text: string | RegExp) =>
  waitFor(() => expect(screen.getByText(text)).toBeDefined());

/** Expects that axe finds no barrier on the page. Colours need a real engine and are checked there. */
export async function expectNoBarriers(): Promise<void> {
  const { violations } = await axe.run(document, {
    rules: { 'color-contrast': { enabled: false } },
  });
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`),
  ).toEqual([]);
}
