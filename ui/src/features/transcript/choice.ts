// How a transcript is made, and what the choices are called.
import type { Hidden } from '../../ipc/bindings/Hidden';
import type { TranscriptChoice } from '../../ipc/bindings/TranscriptChoice';

/** As most people want it. */
export const USUAL: TranscriptChoice = {
  paper: 'letter',
  large: false,
  summary: false,
  listed: 'all',
  hide: [],
  originals: false,
  reviewer: false,
};

/** What can be left out. */
export const HIDDEN: readonly { value: Hidden; label: string }[] = [
  { value: 'numbers', label: 'My member number' },
  { value: 'address', label: 'My address' },
  { value: 'former_names', label: 'Former names' },
  { value: 'descriptions', label: 'What credits were about' },
];
