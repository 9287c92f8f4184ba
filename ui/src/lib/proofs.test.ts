import { expect, test } from 'vitest';

import { creditsNamed, guess, rolesOf, wait } from './proofs';

test('further files of a card are taken for the sides that are missing', () => {
  expect(guess(true, [])).toEqual(['card_front', 'card_back', 'certificate']);
  expect(guess(true, ['card_front'])).toEqual(['card_back', 'certificate']);
  expect(guess(true, ['card_back', 'card_front'])).toEqual(['certificate']);
  expect(guess(true, ['card_both_sides'])).toEqual(['certificate']);
  expect(guess(false, [])).toEqual(['certificate']);
});

test('each waiting file shows what she said, the others what is left to guess', () => {
  const waiting = wait({ drop: 1, names: ['a', 'b', 'c', 'd'] });
  expect(rolesOf(waiting, true, ['card_back'])).toEqual([
    'card_front',
    'certificate',
    'certificate',
    'certificate',
  ]);
  const said = waiting.map((file, index) =>
    index === 1 ? { ...file, said: 'card_front' as const } : file,
  );
  expect(rolesOf(said, true, []).slice(0, 3)).toEqual(['card_back', 'card_front', 'certificate']);
});

test('a few credits that a file shows are named, the rest counted', () => {
  const credits = ['A', 'B', '', 'D', 'E'].map((title) => ({ title }));
  expect(creditsNamed(credits.slice(0, 1))).toBe('“A”');
  expect(creditsNamed(credits)).toBe('“A”, “B”, a draft and 2 other credits');
});
