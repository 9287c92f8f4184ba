// The pretended back end's spreadsheet.
import type { ImportPreview } from '../bindings/ImportPreview';
import type { Kept } from './kept';
import { credit } from './sample';

export const SPREADSHEET: ImportPreview = {
  name: 'my ceus.csv',
  credits: [
    credit('', {
      title: 'Medication Reconciliation',
      provider: 'Harbor Clinical Education',
      completed_on: '2025-03-02',
      amount: '1.5',
      unit: 'contact_hour',
      split: { clinical: '1.5' },
    }),
    credit('', {
      title: 'Front Office Ethics',
      provider: 'CareBridge Learning',
      completed_on: '2025-06-21',
      amount: '2',
      unit: 'aama_ceu',
      approver: 'aama',
      split: { general: '2' },
    }),
  ],
  faults: [
    {
      row: 5,
      column: 'completed_on',
      value: '13/45/2024',
      reason: 'is not a date as it is needed here; write year-month-day, such as 2024-03-09',
    },
    {
      row: 9,
      column: 'amount',
      value: 'two',
      reason: 'is not an amount; write a number such as 1.5, zero or more',
    },
  ],
  duplicates: 3,
};

/** The dialog gives this one, or none. */
export function spreadsheet(kept: Kept, chosen: ImportPreview | null) {
  return {
    choose_spreadsheet: () => chosen,
    import_spreadsheet: () => {
      const rows = (chosen?.credits ?? []).map((row) => ({ ...row, id: `n${kept.next()}` }));
      kept.credits = [...kept.credits, ...rows];
      return rows.length;
    },
  };
}
