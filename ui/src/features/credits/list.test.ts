import { expect, test } from 'vitest';

import { judge } from '../../ipc/fake/judge';
import { CREDITS, credit, PACK } from '../../ipc/fake/sample';
import type { Credit } from '../../ipc/bindings/Credit';
import type { Found } from '../../ipc/bindings/Found';
import { filtered, line, matched, sorted, turned } from './list';

const outcomes = new Map(judge(CREDITS).credits.map((outcome) => [outcome.id, outcome]));
const lines = CREDITS.map((credit) => line(credit, outcomes.get(credit.id), PACK));
const titles = (some: readonly { credit: Credit }[]) => some.map(({ credit }) => credit.title);

test('what a search found stands in its order, and what is gone meanwhile is left out', () => {
  const found = (title: string): Found => ({
    credit: CREDITS.find((kept) => kept.title === title) ?? credit('gone', { title }),
    found_in: 'title',
    excerpt: [],
  });
  expect(
    titles(matched(lines, [found('Order of Draw'), found('Gone'), found('Injection Safety')])),
  ).toEqual(['Order of Draw', 'Injection Safety']);
});

test('the filters split the list into what counts and what does not', () => {
  const counted = filtered(lines, 'counted', '');
  const not = filtered(lines, 'not_counted', '');
  expect(counted.length + not.length).toBe(lines.length);
  expect(titles(not)).toContain('Injection Safety');
});

test('posted points need no certificate, earned ones without file lack it', () => {
  const unproven = titles(filtered(lines, 'unproven', ''));
  expect(unproven).toContain('Motivational Interviewing');
  expect(unproven).not.toContain('Medical Assisting Today: Autumn Test');
  expect(unproven).not.toContain('Scheduling for Access');
});

test('a category shows the credits that have part of it', () => {
  const some = titles(filtered(lines, 'all', 'administrative'));
  expect(some).toContain('ICD-10 Coding Refresher');
  expect(some).not.toContain('Infection Control Update');
});

test('sorting by amount is by value, and a second click turns it round', () => {
  const order = turned({ by: 'date', down: true }, 'printed');
  expect(order).toEqual({ by: 'printed', down: false });
  const amounts = sorted(lines, turned(order, 'printed')).map(({ credit }) => credit.amount);
  expect(amounts.slice(0, 3)).toEqual(['8', '6.0', '5.0']);
});

test('what has no date yet stands where the newest stand', () => {
  expect(titles(sorted(lines, { by: 'date', down: true }))[0]).toBe('Scheduling for Access');
});
