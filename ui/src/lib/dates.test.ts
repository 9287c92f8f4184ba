import { expect, test } from 'vitest';

import { away, between, long, newYears, position, short } from './dates';

test('dates are written so that nobody mistakes day and month', () => {
  expect(long('2026-03-04')).toBe('4 March 2026');
  expect(short('2026-03-04')).toBe('4 Mar 2026');
});

test('a distance is said in the words people use', () => {
  for (const [date, words] of [
    ['2025-11-22', 'today'],
    ['2025-11-23', 'tomorrow'],
    ['2025-11-21', 'yesterday'],
    ['2025-12-04', 'in 12 days'],
    ['2026-03-31', 'in 4 months'],
    ['2025-11-10', '12 days ago'],
    ['2021-03-17', '4 years and 8 months ago'],
    ['2027-12-23', 'in 2 years and 1 month'],
  ] as const) {
    expect(away('2025-11-22', date), date).toBe(words);
  }
});

test('days are counted across leap years and clock changes', () => {
  expect(between('2024-02-28', '2024-03-01')).toBe(2);
  expect(between('2025-03-01', '2025-04-01')).toBe(31);
});

test('a place on the line never leaves it', () => {
  expect(position('2020-01-01', '2021-01-01', '2022-01-01')).toBe(0);
  expect(position('2023-01-01', '2021-01-01', '2022-01-01')).toBe(1);
  expect(position('2021-07-02', '2021-01-01', '2022-01-01')).toBeCloseTo(0.5, 2);
});

test('each year that begins in the period has its mark', () => {
  expect(newYears('2021-03-17', '2023-06-29')).toEqual(['2022-01-01', '2023-01-01']);
  expect(newYears('2021-03-17', '2021-06-29')).toEqual([]);
});
