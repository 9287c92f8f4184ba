import { expect, test } from 'vitest';

import { credit, CREDITS, PACK } from '../../ipc/fake/sample';
import {
  asFields,
  asInput,
  asksTranscript,
  blank,
  providers,
  SEVERAL,
  UNKNOWN,
  unitsFor,
} from './form';

const typed = (given: Partial<ReturnType<typeof blank>>) =>
  asInput({ ...blank(), ...given }, null, 'completed', PACK);

test('one category takes the whole amount', () => {
  expect(typed({ amount: ' 2.0 ', category: 'clinical' }).split).toEqual({ clinical: '2.0' });
  expect(typed({ amount: '2.0', category: UNKNOWN }).split).toEqual({});
  expect(typed({ amount: '', category: 'clinical' }).split).toEqual({});
});

test('several categories keep their amounts, empty ones are left out', () => {
  const amounts = { administrative: '', clinical: '1.5', general: ' 0.5' };
  expect(typed({ amount: '2', category: SEVERAL, amounts }).split).toEqual({
    clinical: '1.5',
    general: '0.5',
  });
});

test('an unanswered approval is not sure, never no', () => {
  expect(typed({ approved: '' }).approver).toBe('unsure');
  expect(typed({ approved: 'no' }).approver).toBe('');
  expect(typed({ approved: 'yes' }).approver).toBe('aama');
});

test('a CPR card fills in what is not asked', () => {
  expect(
    typed({ kind: 'cpr_card', title: 'BLS Provider', amount: '9', category: 'general' }),
  ).toMatchObject({ unit: 'cpr_card', amount: '1', split: {}, approver: '' });
});

test('points that AAMA already shows are AAMA’s own and posted', () => {
  expect(typed({ kind: 'opening_balance', amount: '12', category: 'clinical' })).toMatchObject({
    title: 'Points AAMA already shows: clinical',
    unit: 'point',
    approver: 'aama',
    issuer_transcript: 'posted',
    split: { clinical: '12' },
  });
});

test('what was kept comes back as it was', () => {
  for (const kept of CREDITS) {
    const input = asInput(asFields(kept, PACK), kept.id, kept.status, PACK);
    expect(input).toMatchObject({
      id: kept.id,
      title: kept.title,
      amount: kept.amount ?? '',
      unit: kept.unit,
      split: kept.split,
      approver: kept.approver ?? '',
      completed_on: kept.completed_on ?? '',
      expires_on: kept.expires_on ?? '',
      issuer_transcript: asksTranscript(asFields(kept, PACK)) ? kept.issuer_transcript : null,
    });
  }
});

test('the issuer is understood however it is written, and what its transcript shows is kept', () => {
  for (const approver of ['AAMA', ' aama ', 'American Association of Medical Assistants']) {
    const kept = credit('x', { approver, unit: 'contact_hour', issuer_transcript: 'posted' });
    const fields = asFields(kept, PACK);
    expect(fields.approved).toBe('yes');
    const input = asInput(fields, 'x', 'completed', PACK);
    expect([input.approver, input.issuer_transcript]).toEqual(['aama', 'posted']);
  }
  const unit = asFields(credit('x', { approver: null, unit: 'aama_ceu' }), PACK);
  expect(unit.approved).toBe('yes');
});

test('another body that approved it is not lost', () => {
  const fields = asFields(credit('x', { approver: 'ancc' }), PACK);
  expect(fields.approved).toBe('no');
  expect(asInput(fields, 'x', 'completed', PACK).approver).toBe('ancc');
});

test('college courses are counted in college credits, others are not', () => {
  const units = (kind: 'college' | 'course') =>
    unitsFor({ ...blank(), kind }, PACK).map(({ unit }) => unit);
  expect(units('college')).toEqual(['semester_credit', 'quarter_credit']);
  expect(units('course')).not.toContain('semester_credit');
  expect(units('course')).not.toContain('cpr_card');
});

test('each earlier provider is offered once', () => {
  const names = providers(CREDITS);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('Lakeside Institute');
});
