import { expect, test } from 'vitest';

import { failure, faultOf, sentence, unlessStopped } from './errors';

test('an error of Recert keeps its message and its fields', () => {
  const fields = [{ field: 'amount', message: 'is no number' }];
  expect(failure({ code: 'invalid', message: 'Not saved.', fields })).toEqual({
    code: 'invalid',
    message: 'Not saved.',
    fields,
  });
});

test('a call that the shell refuses says what to do', () => {
  const refused = failure('Command save_credit not allowed by ACL');
  expect(refused.code).toBeNull();
  expect(refused.message).toContain('Close and reopen it');
  expect(refused.message).toContain('Command save_credit not allowed by ACL');
});

test('what she stopped herself is no failure', () => {
  expect(unlessStopped({ code: 'cancelled', message: 'It was stopped.', fields: [] })).toBeNull();
  expect(unlessStopped({ code: 'disk_full', message: 'No space.' })?.code).toBe('disk_full');
});

test('a fault of a part is shown at the whole', () => {
  const faults = [{ field: 'split.clinical', message: 'is no number' }];
  expect(faultOf(faults, 'split')).toBe('is no number');
  expect(faultOf(faults, 'amount')).toBeUndefined();
});

test('a fault reads as a sentence', () => {
  expect(sentence('is no number')).toBe('This is no number.');
  expect(sentence('give the day')).toBe('Give the day.');
  expect(sentence('Choose one.')).toBe('Choose one.');
});
