// What the shell tells the window unasked.
import { listen } from '@tauri-apps/api/event';

import type { DroppedFiles } from './bindings/DroppedFiles';

/** Files are held over the window, or no longer. The answer stops listening. */
export const onFilesHover = (hear: (hovering: boolean) => void) =>
  listen<boolean>('files-hover', (event) => hear(event.payload));

/** Files were dropped on the window. The answer stops listening. */
export const onFilesDropped = (hear: (files: DroppedFiles) => void) =>
  listen<DroppedFiles>('files-dropped', (event) => hear(event.payload));

/** Long work has come so far, in percent. The answer stops listening. */
export const onProgress = (hear: (percent: number) => void) =>
  listen<number>('progress', (event) => hear(event.payload));
