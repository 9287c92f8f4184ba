import { expect, test } from 'vitest';

import { credit, PACK } from '../ipc/fake/sample';
import { count, points, printed, splitWords, way } from './words';

test('one is singular', () => {
  expect(points('1')).toBe('1 point');
  expect(points('0.5')).toBe('0.5 points');
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

test('a way of applying that is not known yet is still readable', () => {
  expect(way('mail')).toBe('Mail your application');
  expect(way('by_pigeon')).toBe('Apply: by pigeon');
});
