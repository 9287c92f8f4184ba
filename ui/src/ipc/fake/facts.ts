// The pretended back end's cards, hours and statements.
import { parse } from '../../lib/decimal';
import type { Error as RecertError } from '../bindings/Error';
import type { FactInput } from '../bindings/FactInput';
import type { FactView } from '../bindings/FactView';
import type { FieldFault } from '../bindings/FieldFault';
import type { Kept } from './kept';

export function facts(kept: Kept) {
  let removed: FactView | null = null;
  return {
    read_facts: () => kept.facts,
    save_fact: ({ id, input }: { id: string | null; input: FactInput }) => {
      const fields = faultsOf(input);
      if (fields.length > 0) {
        throw { code: 'invalid', message: 'This was not saved.', fields } satisfies RecertError;
      }
      const before = kept.facts.find((fact) => fact.id === id);
      const saved = before ? { ...before, input } : { id: `f${kept.next()}`, input, proofs: [] };
      kept.facts = before
        ? kept.facts.map((fact) => (fact === before ? saved : fact))
        : [...kept.facts, saved];
      return saved;
    },
    remove_fact: ({ id }: { id: string }) => {
      removed = kept.facts.find((fact) => fact.id === id) ?? null;
      kept.facts = kept.facts.filter((fact) => fact.id !== id);
      return null;
    },
    restore_fact: () => {
      if (removed) kept.facts = [...kept.facts, removed];
      return null;
    },
  };
}

function faultsOf(input: FactInput): FieldFault[] {
  const faults: FieldFault[] = [];
  if (input.expires_on && input.expires_on < input.issued_on) {
    faults.push({ field: 'expires_on', message: 'is before the first day' });
  }
  if (input.kind === 'work_hours' && parse(input.amount) === null) {
    faults.push({ field: 'amount', message: 'write how many hours, such as 520' });
  }
  return faults;
}
