// The pretended back end's sheets.
import type { SheetKind } from '../bindings/SheetKind';

export function sheets() {
  return {
    save_sheet: ({ kind }: { kind: SheetKind }) => ({
      name: `${kind}-2025-11-22.pdf`,
      folder: '/home/maria/Documents',
    }),
    print_sheet: () => null,
  };
}
