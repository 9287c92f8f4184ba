import { expect, test } from 'vitest';

import type { FactInput } from '../../ipc/bindings/FactInput';
import type { FactView } from '../../ipc/bindings/FactView';
import type { Requirement } from '../../ipc/bindings/Requirement';
import type { ShownBy } from '../../ipc/bindings/ShownBy';
import { CREDENTIAL, CREDITS, TODAY } from '../../ipc/fake/sample';
import { judgeSecond, SECOND } from '../../ipc/fake/second';
import {
  adding,
  anyKind,
  askedFor,
  begun,
  blank,
  daysOf,
  detailsOf,
  hoursOnFile,
  KINDS,
  meantFor,
  paperWords,
  showing,
} from './fact';

const evaluation = judgeSecond(CREDITS);
const asked = (id: string): [Requirement, ShownBy] => {
  const line = evaluation.requirements.find((line) => line.id === id);
  if (!line?.shown_by) throw new Error(`invariant: the sample asks for ${id}`);
  return [line, line.shown_by];
};
const fact = (given: Partial<FactInput>): FactView => ({
  id: 'f1',
  input: { ...blank(), ...given },
  proofs: [],
});

test('only what is of the kind, of the tag and for the certification is meant for a line', () => {
  const [, card] = asked('cpr_card');
  const [, briefing] = asked('orientation');
  const meant = (given: Partial<FactInput>, by: ShownBy) =>
    meantFor([fact(given)], by, 'rcma').length === 1;
  expect(meant({ kind: 'cpr_card', tag: 'bls' }, card)).toBe(true);
  expect(meant({ kind: 'cpr_card', credential: 'rcma' }, card)).toBe(true);
  expect(meant({ kind: 'cpr_card', credential: 'cma' }, card)).toBe(false);
  expect(meant({ kind: 'fee' }, card)).toBe(false);
  expect(meant({ kind: 'attestation', tag: 'Orientation' }, briefing)).toBe(true);
  expect(meant({ kind: 'attestation', tag: 'complaint' }, briefing)).toBe(false);
  expect(meant({ kind: 'attestation' }, briefing)).toBe(false);
});

test('a line begins what it asks for: its kind and tag, its name where nothing else tells it, today where it is marked as done', () => {
  const from = (id: string) => begun(...asked(id), 'rcma', TODAY);
  expect(from('cpr_card')).toEqual(blank('cpr_card'));
  expect(from('work')).toEqual(blank('work_hours'));
  expect(from('orientation')).toEqual({
    ...blank('attestation'),
    tag: 'orientation',
    title: 'Patient safety briefing',
    credential: 'rcma',
  });
  expect(from('fee')).toEqual({ ...blank('fee'), issued_on: TODAY, credential: 'rcma' });
  expect(from('complaint').title, 'an “absence of” is no name for what is there').toBe('');
});

test('the button says what is added', () => {
  const says = (id: string, some = false) => adding(...asked(id), some);
  expect(says('cpr_card')).toBe('Add a CPR card');
  expect(says('work')).toBe('Add hours worked');
  expect(says('orientation')).toBe('Add “Patient safety briefing”');
  expect(says('fee')).toBe('Mark as done');
  expect(says('complaint')).toBe('I have one to enter');
  expect(says('fee', true), 'what is on file was for another time').toBe('Mark as done');
  expect(says('cpr_card', true)).toBe('Add another');
  const [fee, by] = asked('fee');
  expect(adding({ ...fee, state: 'met' }, by, true)).toBe('Add another');
});

test('a paper is asked for only where nothing else is missing', () => {
  const [, by] = asked('cpr_card');
  expect(paperWords(by, true)).toBe('');
  const lacking = { ...by, lacks_paper: true };
  expect(paperWords(lacking, true)).toBe('Attach the card: a photo of both sides, or a PDF.');
  expect(paperWords(lacking, false)).toBe('Attach the certificate to the credit that shows it.');
  expect(paperWords({ ...lacking, fact: 'work_hours' }, true)).toContain('shows the hours');
});

test('an opened line says what shows it, and why what is on file does not', () => {
  const says = (id: string, state: Requirement['state'], some: boolean) => {
    const [line, by] = asked(id);
    return showing({ ...line, state }, by, some ? [fact({})] : []);
  };
  expect(says('cpr_card', 'not_met', false)).toContain('CPR card shows this');
  expect(says('cpr_card', 'not_met', true)).toContain('its dates do not fit');
  expect(says('cpr_card', 'cannot_tell', true)).toContain('A day is missing');
  expect(says('cpr_card', 'met', true)).toBe('');
  expect(says('cpr_card', 'met', false)).toContain('A credit of yours');
  expect(says('work', 'not_met', true)).toContain('not enough');
  expect(says('complaint', 'met', false)).toContain('Nothing of this kind');
  expect(says('complaint', 'not_met', true)).toContain('stands in the way');
  expect(says('fee', 'not_met', false)).toBe('');
});

test('days read as people write them, and say what has run out or not begun', () => {
  const says = (given: Partial<FactInput>) => daysOf({ ...blank(), ...given }, TODAY);
  expect(says({ issued_on: '2025-03-04', expires_on: '2027-03-31' })).toBe(
    '4 Mar 2025 to 31 Mar 2027',
  );
  expect(says({ expires_on: '2025-11-21' })).toBe('until 21 Nov 2025, expired');
  expect(says({ expires_on: TODAY })).toBe('until 22 Nov 2025');
  expect(says({ issued_on: '2025-12-01' })).toBe('from 1 Dec 2025, not yet');
  expect(says({ kind: 'fee', issued_on: '2025-03-04' })).toBe('4 Mar 2025');
  expect(
    says({ kind: 'work_hours', issued_on: '2024-01-01', expires_on: '2024-12-31' }),
    'work that is over has not expired',
  ).toBe('1 Jan 2024 to 31 Dec 2024');
  expect(says({})).toBe('no day given');
});

test('for which certification it is meant is said only where there are several', () => {
  const fee = { ...blank('fee'), title: 'Renewal', issued_on: '2025-03-04', credential: 'cma' };
  expect(detailsOf(fee, TODAY, [CREDENTIAL])).toBe('Fee paid, 4 Mar 2025');
  expect(detailsOf(fee, TODAY, [CREDENTIAL, SECOND])).toBe('Fee paid, 4 Mar 2025, for CMA (AAMA)');
});

test('how many of the hours asked for are on file is said, and which of them lack their days', () => {
  const [line, by] = asked('work');
  const says = (given: Partial<Requirement>) =>
    hoursOnFile({ ...line, needed: '1040', earned: '320', counted: '320', ...given });
  expect(says({})).toBe('320 of 1,040 hours are on file.');
  expect(says({ earned: '1520.5' })).toBe(
    '320 of 1,040 hours are on file, and 1,200.5 more without their days.',
  );
  expect(says({ shown_by: { ...by, none: true } }), 'there must be none').toBe('');
  expect(hoursOnFile(asked('cpr_card')[0])).toBe('');
});

test('hours are written as people write them', () => {
  const says = (amount: string, title: string) =>
    detailsOf({ ...blank('work_hours'), amount, title }, TODAY, [CREDENTIAL]);
  expect(says('1040.5', '')).toBe('1,040.5 hours, no day given');
  expect(says('1', 'Lakeside Clinic')).toBe('1 hour worked, no day given');
});

test('what rules ask for by name is offered by its name, but never what must not be', () => {
  const offered = askedFor([evaluation, evaluation]);
  expect(offered.map(({ label }) => label)).toEqual(['Patient safety briefing']);
  expect(anyKind(offered, blank()).map(({ label }) => label)).toEqual(
    Object.values(KINDS).map(({ label }) => label),
  );
});

test('what is on file and asked for by no rules in view can still be said', () => {
  const kept = { ...blank(), tag: 'bls' };
  expect(anyKind([], kept)[0]).toMatchObject({
    label: 'CPR card (bls)',
    kind: 'cpr_card',
    tag: 'bls',
  });
});
