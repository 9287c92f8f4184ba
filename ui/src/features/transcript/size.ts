// How large a page is shown.
import type { Paper } from '../../ipc/bindings/Paper';

/** As broad as its frame, whole, or so many times as large as on paper. */
export type Size = 'fit' | 'whole' | 1 | 1.5 | 2;

export const SIZES: readonly { value: Size; label: string }[] = [
  { value: 'fit', label: 'Full width' },
  { value: 'whole', label: 'Whole page' },
  { value: 1, label: '100 %' },
  { value: 1.5, label: '150 %' },
  { value: 2, label: '200 %' },
];

/** How broad the paper is, at 96 pixels an inch. */
export const BROAD: Record<Paper, number> = { letter: 816, a4: 794 };
