import { expect, test } from 'vitest';

import { credit, PACK } from '../ipc/fake/sample';
import { SECOND_PACK } from '../ipc/fake/second';
import { count, inner, list, points, printed, sourceParts, splitWords, supported } from './words';

test('one is singular', () => {
  expect(points('1', PACK)).toBe('1 point');
  expect(points('0.5', PACK)).toBe('0.5 points');
  expect(count(1, 'credit')).toBe('1 credit');
  expect(count(1200, 'credit')).toBe('1,200 credits');
});

test('an amount is shown as printed, with the unit in its words', () => {
  expect(printed(credit('a', { amount: '2.0', unit: 'contact_hour' }), PACK)).toBe(
    '2.0 contact hours',
  );
  expect(printed(credit('a', { amount: '1.0', unit: 'aama_ceu' }), PACK)).toBe('1.0 AAMA CEU');
  expect(printed(credit('a', { amount: '3', unit: 'ceu' }), PACK)).toBe('3 CEUs');
  expect(printed(credit('a', { amount: '1', unit: 'cpr_card' }), PACK)).toBe('CPR card');
  expect(printed(credit('a', { amount: '1', unit: null }), PACK)).toBe('1');
  expect(printed(credit('a'), PACK)).toBe('');
});

test('categories are named, an unknown one by its id', () => {
  expect(splitWords({ clinical: '3', general: '2' }, PACK)).toBe('3 clinical, 2 general');
  expect(splitWords({ ethics: '1' }, PACK)).toBe('1 ethics');
});

test('rules that count in something else are read out in it', () => {
  expect(points('1', SECOND_PACK)).toBe('1 credit hour');
  expect(points('2', SECOND_PACK)).toBe('2 credit hours');
});

test('a unit that the rules in view do not know is still readable', () => {
  expect(printed(credit('a', { amount: '2', unit: 'aama_ceu' }), SECOND_PACK)).toBe('2 AAMA CEUs');
});

test('points without category are named so only where there are categories', () => {
  expect(splitWords({ unassigned: '2' }, PACK)).toBe('2 in no category yet');
  expect(splitWords({ unassigned: '2' }, { ...PACK, categories: [] })).toBe('');
});

test('a source is taken apart into its title and its address', () => {
  expect(sourceParts('AAMA: Policies, https://aama.example/a,b')).toEqual({
    title: 'AAMA: Policies',
    address: 'https://aama.example/a,b',
  });
  expect(sourceParts('Our reading; AAMA does not say')).toEqual({
    title: 'Our reading; AAMA does not say',
    address: '',
  });
});

test('what stands in a sentence begins small, a name does not', () => {
  expect(inner('By mail')).toBe('by mail');
  expect(inner('NHA library')).toBe('NHA library');
});

test('a list reads as people say it', () => {
  expect(list(['a'])).toBe('a');
  expect(list(['a', 'b', 'c'])).toBe('a, b and c');
});

test('a third party’s word is never passed off as the issuer’s', () => {
  expect(supported('secondary', 'AAMA')).not.toContain('AAMA');
  expect(supported('official', 'AAMA')).toBe('AAMA’s own text');
});
