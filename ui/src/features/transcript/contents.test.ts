import { expect, test } from 'vitest';

import { judge } from '../../ipc/fake/judge';
import { CREDITS } from '../../ipc/fake/sample';
import { contents } from './contents';

test('every credit is counted, listed, or left out', () => {
  const outcomes = new Map(judge(CREDITS).credits.map((outcome) => [outcome.id, outcome]));
  const holds = contents(CREDITS, outcomes);
  expect(holds).toEqual({ counted: 28, listed: 2, leftOut: 1 });
  expect(holds.counted + holds.listed + holds.leftOut).toBe(CREDITS.length);
});

test('an empty record has nothing to print', () => {
  expect(contents([], new Map())).toEqual({ counted: 0, listed: 0, leftOut: 0 });
});
