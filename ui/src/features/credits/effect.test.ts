import { expect, test } from 'vitest';

import type { CreditOutcome } from '../../ipc/bindings/CreditOutcome';
import { judge } from '../../ipc/fake/judge';
import { CREDITS, PACK } from '../../ipc/fake/sample';
import { effectOf } from './effect';

const headline = (outcome: Partial<CreditOutcome>) =>
  effectOf(
    {
      ...judge([]),
      credits: [
        {
          id: 'preview',
          earned: outcome.counted ?? '0',
          counted: '0',
          split: {},
          approved: true,
          rate: '1',
          proven: false,
          reasons: [],
          ...outcome,
        },
      ],
    },
    null,
    null,
    PACK,
  )?.headline;

test('the effect says points and category in one phrase', () => {
  expect(headline({ counted: '2', split: { clinical: '2' } })).toBe('Counts 2 clinical points');
  expect(headline({ counted: '1', split: { general: '1' } })).toBe('Counts 1 general point');
  expect(headline({ counted: '3', split: { clinical: '2', general: '1' } })).toBe(
    'Counts 3 points: 2 clinical, 1 general',
  );
  expect(headline({ counted: '2' })).toBe('Counts 2 points');
});

test('a limit that bites shows what the credit would be worth', () => {
  expect(headline({ counted: '1', earned: '3', split: { general: '1' } })).toBe(
    'Counts 1 general point, of the 3 it is worth',
  );
});

test('a credit that earns nothing says so', () => {
  expect(headline({})).toBe('Counts nothing');
});

test('an evaluation that does not know the credit has no effect to show', () => {
  expect(effectOf(judge([]), null, 'c1', PACK)).toBeNull();
});

test('the effect names every requirement that moves, and by how much', () => {
  const [first] = CREDITS;
  if (!first) throw new Error('invariant: the sample has credits');
  const preview = judge([{ ...first, id: 'preview' }]);
  expect(effectOf(preview, judge([]), null, PACK)?.changes).toEqual([
    { id: 'total', label: 'Total points', before: '0', after: '1', needed: '60' },
    { id: 'clinical', label: 'Clinical', before: '0', after: '1', needed: '10' },
    { id: 'aama_approved', label: 'AAMA-approved', before: '0', after: '1', needed: '30' },
  ]);
  expect(effectOf(preview, preview, null, PACK)?.changes).toEqual([]);
});
