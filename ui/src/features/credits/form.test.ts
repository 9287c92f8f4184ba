import { expect, test } from 'vitest';

import { credit, CREDITS, PACK } from '../../ipc/fake/sample';
import { SECOND_PACK } from '../../ipc/fake/second';
import {
  alreadyShown,
  asFields,
  asInput,
  asksTranscript,
  blank,
  dividing,
  issuers,
  OTHER,
  providers,
  roomFor,
  SEVERAL,
  together,
  topics,
  UNKNOWN,
  unitsFor,
} from './form';

const typed = (given: Partial<ReturnType<typeof blank>>) =>
  asInput({ ...blank(), ...given }, null, 'completed', [PACK]);

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
  expect(typed({ approver: '' }).approver).toBe('unsure');
  expect(typed({ approver: OTHER }).approver).toBe('');
  expect(typed({ approver: 'aama' }).approver).toBe('aama');
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
    const input = asInput(asFields(kept, [PACK]), kept.id, kept.status, [PACK]);
    expect(input).toMatchObject({
      id: kept.id,
      title: kept.title,
      amount: kept.amount ?? '',
      unit: kept.unit,
      split: kept.split,
      approver: kept.approver ?? '',
      completed_on: kept.completed_on ?? '',
      expires_on: kept.expires_on ?? '',
      issuer_transcript: asksTranscript(asFields(kept, [PACK]), [PACK])
        ? kept.issuer_transcript
        : null,
    });
  }
});

test('the issuer is understood however it is written, and what its transcript shows is kept', () => {
  for (const approver of ['AAMA', ' aama ', 'American Association of Medical Assistants']) {
    const kept = credit('x', { approver, unit: 'contact_hour', issuer_transcript: 'posted' });
    const fields = asFields(kept, [PACK]);
    expect(fields.approver).toBe('aama');
    const input = asInput(fields, 'x', 'completed', [PACK]);
    expect([input.approver, input.issuer_transcript]).toEqual(['aama', 'posted']);
  }
  const unit = asFields(credit('x', { approver: null, unit: 'aama_ceu' }), [PACK]);
  expect(unit.approver).toBe('aama');
});

test('another body that approved it is not lost', () => {
  const fields = asFields(credit('x', { approver: 'ancc' }), [PACK]);
  expect(fields.approver).toBe(OTHER);
  expect(asInput(fields, 'x', 'completed', [PACK]).approver).toBe('ancc');
});

test('college courses are counted in college credits, others are not', () => {
  const units = (kind: 'college' | 'course') =>
    unitsFor({ ...blank(), kind }, [PACK]).map(({ unit }) => unit);
  expect(units('college')).toEqual(['semester_credit', 'quarter_credit']);
  expect(units('course')).not.toContain('semester_credit');
  expect(units('course')).not.toContain('cpr_card');
});

test('each earlier provider is offered once', () => {
  const names = providers(CREDITS);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('Lakeside Institute');
});

test('what the form does not ask for goes back as it was kept', () => {
  const kept = credit('x', {
    title: 'Spring Meeting',
    amount: '6',
    unit: 'contact_hour',
    awards: [{ amount: '0.6', unit: 'iacet_ceu', approver: 'ancc', number: 'A-1' }],
    split: { clinical: '6' },
    splits: { 'rcma-board': { basic: '4', clinical: '2' }, 'somebody-else': { law: '6' } },
    sessions: [{ title: 'Keynote', amount: '1', category: null, on: '2025-05-10' }],
    minutes: 360,
    format: 'live',
    tags: ['law', 'a topic of nobody'],
    relevance: 'My job',
    name_on_certificate: 'Maria Smith',
  });
  const packs = [PACK, SECOND_PACK];
  expect(asInput(roomFor(asFields(kept, packs), packs), 'x', 'completed', packs)).toMatchObject({
    awards: [{ amount: '0.6', unit: 'iacet_ceu', approver: 'ancc', number: 'A-1' }],
    split: kept.split,
    splits: kept.splits,
    sessions: [{ title: 'Keynote', amount: '1', category: '', on: '2025-05-10' }],
    minutes: '360',
    format: 'live',
    tags: ['law', 'a topic of nobody'],
    relevance: 'My job',
    name_on_certificate: 'Maria Smith',
  });
});

test('only rules that divide otherwise ask for categories of their own', () => {
  const alike = { ...PACK, id: 'alike' };
  const none = { ...PACK, id: 'none', categories: [] };
  expect(dividing([none, PACK, alike, SECOND_PACK])).toEqual([PACK, SECOND_PACK]);
  expect(dividing([none])).toEqual([]);
  const room = roomFor(blank(), [PACK, SECOND_PACK]);
  expect(room.splits).toEqual({ 'rcma-board': { category: UNKNOWN, amounts: {} } });
  expect(asInput(room, null, 'completed', [PACK, SECOND_PACK]).splits).toEqual({});
});

test('each issuer and each topic is offered once, whoever’s rules name it', () => {
  const twin = { ...SECOND_PACK, id: 'twin' };
  expect(issuers([SECOND_PACK, PACK, twin])).toEqual([
    { id: 'board', label: 'the Board' },
    { id: 'aama', label: 'AAMA' },
  ]);
  expect(topics([PACK, SECOND_PACK, twin]).map(({ id }) => id)).toEqual(['law', 'safety']);
});

test('points that an issuer shows stay that issuer’s, whichever certification is looked at', () => {
  const kept = credit('x', {
    kind: 'opening_balance',
    amount: '12',
    unit: 'point',
    approver: 'aama',
  });
  const packs = [SECOND_PACK, PACK];
  const input = asInput(asFields(kept, packs), 'x', 'completed', packs);
  expect([input.approver, input.unit]).toEqual(['aama', 'point']);
  expect(alreadyShown(SECOND_PACK)).toBe('Credit hours the Board already shows');
  const fresh = asInput({ ...blank(), kind: 'opening_balance' }, null, 'completed', packs);
  expect([fresh.approver, fresh.unit]).toEqual(['board', 'issuer_credit']);
});

test('parts add up in the words they are written in', () => {
  expect(together(['1.5', '', '0.5'], '2.0')).toBe('2 of 2.0');
  expect(together(['1.5', '0.5'], '')).toBe('2');
  expect(together(['60%', '30 %'], '2')).toBe('90% of 100%');
  expect(together(['90 min', '30 minutes'], '2')).toBe('120 minutes');
  expect(together(['60%', '1'], '2')).toBe('');
});
