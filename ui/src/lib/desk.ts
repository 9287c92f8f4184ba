// What every screen shares: the record, where she is, and what was last done.
import { createContext } from 'svelte';

import type { Messages } from './messages.svelte';
import type { OpenRecord } from './record.svelte';
import type { Views } from './views.svelte';

export interface Desk {
  record: OpenRecord;
  views: Views;
  messages: Messages;
}

export const [useDesk, setDesk] = createContext<Desk>();
