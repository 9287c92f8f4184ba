import { expect, test } from 'vitest';

import { compare, isZero, larger, minus, parse, ratio, sum, write } from './decimal';

test('a decimal is written without needless zeros', () => {
  for (const [text, written] of [
    ['2.0', '2'],
    ['1.50', '1.5'],
    ['0.05', '0.05'],
    ['-0.25', '-0.25'],
    ['600000', '600000'],
  ] as const) {
    expect(write(parse(text) ?? NaN)).toBe(written);
  }
});

test('what is no plain decimal is not read', () => {
  for (const text of ['', '1,5', '.5', '5.', '1e3', 'two', '1.00001']) {
    expect(parse(text), text).toBeNull();
  }
});

test('ten tenths make one, without drift', () => {
  expect(sum(Array.from({ length: 10 }, () => '0.1'))).toBe('1');
  expect(minus('0.3', '0.1')).toBe('0.2');
});

test('texts that are no numbers add nothing', () => {
  expect(sum(['1.5', '', 'x'])).toBe('1.5');
});

test('comparing is by value', () => {
  expect(compare('2.0', '2')).toBe(0);
  expect(larger('9.5', '10')).toBe('10');
  expect(isZero('0.00')).toBe(true);
});

test('a share stays between nothing and all', () => {
  expect(ratio('5', '10')).toBe(0.5);
  expect(ratio('12', '10')).toBe(1);
  expect(ratio('1', '0')).toBe(0);
});
