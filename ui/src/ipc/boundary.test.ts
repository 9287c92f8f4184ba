// The boundary between window and shell.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

test('nothing listens to the events of Tauri, which name the paths of dropped files', () => {
  const listening = files.filter((path) =>
    /@tauri-apps\/api\/(event|window|webview)/.test(readFileSync(join(SRC, path), 'utf8')),
  );
  expect(listening.filter((path) => path !== join('ipc', 'boundary.test.ts'))).toEqual([]);
});

test('the fake back end answers every command the window knows, and no other', () => {
  const names = (paths: string[], pattern: RegExp) =>
    paths
      .flatMap((path) => [...readFileSync(join(SRC, path), 'utf8').matchAll(pattern)])
      .map((match) => match[1])
      .sort();
  const asked = names(['ipc/commands.ts'], /<[\w |[\]]+>\(\s*'([a-z_]+)'/g);
  const fake = files.filter((path) => path.startsWith(join('ipc', 'fake')));
  const answered = names(fake, /^ {4}([a-z]+_[a-z_]+): (?:async )?\(/gm);
  expect(asked.length).toBeGreaterThan(20);
  expect(answered).toEqual(asked);
});

test('the product has no trace of the fake back end, and asks nothing of the network', () => {
  const out = mkdtempSync(join(tmpdir(), 'recert-ui-'));
  const vite = join(SRC, '..', 'node_modules', 'vite', 'bin', 'vite.js');
  execFileSync(process.execPath, [vite, 'build', '--outDir', out], {
    cwd: join(SRC, '..'),
    stdio: 'pipe',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const built = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(html|js|css)$/.test(path))
    .map((path) => readFileSync(join(out, path), 'utf8'))
    .join('\n');
  rmSync(out, { recursive: true });
  expect(built).toContain('read_home');
  expect(built).not.toMatch(/mockIPC|Maria|Delgado/);
  expect(built).not.toMatch(/url\(["']?(https?:)?\/\/|(src|href)="(https?:)?\/\//);
}, 60_000);

test('no number of the wire is larger than what JSON can carry', () => {
  const big = files.filter(
    (path) =>
      path.startsWith(join('ipc', 'bindings')) &&
      /\bbigint\b/.test(readFileSync(join(SRC, path), 'utf8')),
  );
  expect(big).toEqual([]);
});
