// The boundary between window and shell.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '..');

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.(ts|svelte)$/.test(path),
);

test('only the folder ipc speaks to the shell', () => {
  const speaking = files.filter((path) =>
    /['"]@tauri-apps\//.test(readFileSync(join(SRC, path), 'utf8')),
  );
  expect(speaking.length).toBeGreaterThan(0);
  expect(speaking.filter((path) => !/^ipc[\\/]/.test(path))).toEqual([]);
});

test('the fake back end answers every command the window knows, and no other', () => {
  const names = (path: string, pattern: RegExp) =>
    [...readFileSync(join(SRC, path), 'utf8').matchAll(pattern)].map((match) => match[1]).sort();
  const asked = names('ipc/commands.ts', /\('([a-z_]+)'/g);
  const answered = names('ipc/fake/index.ts', /^ {4}([a-z]+_[a-z_]+): \(/gm);
  expect(asked.length).toBeGreaterThan(20);
  expect(answered).toEqual(asked);
});

test('no number of the wire is larger than what JSON can carry', () => {
  const big = files.filter(
    (path) =>
      path.startsWith(join('ipc', 'bindings')) &&
      /\bbigint\b/.test(readFileSync(join(SRC, path), 'utf8')),
  );
  expect(big).toEqual([]);
});
