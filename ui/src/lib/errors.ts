// What goes wrong behind a command, as the screen shows it.
import type { Code } from '../ipc/bindings/Code';
import type { FieldFault } from '../ipc/bindings/FieldFault';

/** A failed command: `code` is null where the shell itself refused. */
export interface Failure {
  code: Code | null;
  message: string;
  fields: FieldFault[];
}

/** Reads what a command threw: Recert's own error, or the plain text of a refused call. */
export function failure(thrown: unknown): Failure {
  if (isError(thrown)) return { ...thrown, fields: thrown.fields ?? [] };
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: null,
    message: `Recert could not do this. Close and reopen it, then try again. (${detail})`,
    fields: [],
  };
}

/** What went wrong, unless she stopped it herself: that is no failure. */
export function unlessStopped(thrown: unknown): Failure | null {
  const failed = failure(thrown);
  return failed.code === 'cancelled' ? null : failed;
}

function isError(
  thrown: unknown,
): thrown is { code: Code; message: string; fields?: FieldFault[] } {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'code' in thrown &&
    'message' in thrown &&
    typeof thrown.message === 'string'
  );
}

/** The message for a field or for its parts: `split` also hears of `split.clinical`. */
export const faultOf = (faults: readonly FieldFault[], field: string) =>
  faults.find((fault) => fault.field === field || fault.field.startsWith(`${field}.`))?.message;

/** A fault as a sentence. Where it names no subject, that is the field it stands beside. */
export function sentence(text: string): string {
  const whole = /^(is|must|has|cannot|lies) /.test(text) ? `this ${text}` : text;
  const start = whole.charAt(0).toUpperCase() + whole.slice(1);
  return /[.?…]$/.test(start) ? start : `${start}.`;
}
