// The pretended back end's credits: typed in, removed, found.
import { parse, sum } from '../../lib/decimal';
import type { AwardInput } from '../bindings/AwardInput';
import type { Credit } from '../bindings/Credit';
import type { CreditInput } from '../bindings/CreditInput';
import type { Error as RecertError } from '../bindings/Error';
import type { FieldFault } from '../bindings/FieldFault';
import type { Found } from '../bindings/Found';
import type { Kept } from './kept';
import { credit } from './sample';

export function credits(kept: Kept) {
  return {
    read_credits: () => kept.credits,
    preview_credit: ({ credential, input }: { credential: string; input: CreditInput }) => {
      const faults = faultsOf(input);
      const typed = asCredit(input, input.id ?? 'preview', kept.credits);
      const others = kept.credits.filter(({ id }) => id !== input.id);
      return {
        faults,
        evaluation: faults.length > 0 ? null : kept.judged(credential, [...others, typed]),
      };
    },
    save_credit: ({ input }: { input: CreditInput }) => {
      const fields = faultsOf(input);
      if (fields.length > 0) {
        const message = 'The credit is not saved yet. Correct the fields that are marked.';
        throw { code: 'invalid', message, fields } satisfies RecertError;
      }
      const typed = asCredit(input, input.id ?? `n${kept.next()}`, kept.credits);
      kept.credits = [...kept.credits.filter(({ id }) => id !== typed.id), typed];
      return typed;
    },
    remove_credit: ({ id }: { id: string }) => {
      const gone = kept.credits.find((one) => one.id === id);
      if (gone) kept.removed = [...kept.removed, gone];
      kept.credits = kept.credits.filter((one) => one.id !== id);
      return null;
    },
    restore_credit: ({ id }: { id: string }) => {
      const back = kept.removed.find((one) => one.id === id);
      kept.removed = kept.removed.filter((one) => one.id !== id);
      if (back) kept.credits = [...kept.credits, back];
      return back;
    },
    read_removed: () => kept.removed,
    empty_trash: () => {
      const gone = kept.removed.length;
      kept.removed = [];
      return gone;
    },
    search_credits: ({ typed }: { typed: string }) => found(kept.credits, typed),
    read_texts: () => 0,
  };
}

function asCredit(input: CreditInput, id: string, credits: readonly Credit[]): Credit {
  const kept = credits.find((kept) => kept.id === id) ?? credit(id);
  const whole = (award: AwardInput) =>
    award.amount && award.unit
      ? [
          {
            amount: award.amount,
            unit: award.unit,
            approver: award.approver || null,
            number: award.number || null,
          },
        ]
      : [];
  return {
    ...kept,
    ...input,
    id,
    provider: input.provider || null,
    provider_number: input.provider_number || null,
    description: input.description || null,
    relevance: input.relevance || null,
    name_on_certificate: input.name_on_certificate || null,
    format: input.format || null,
    minutes: input.minutes ? Number(input.minutes) : null,
    amount: input.amount || null,
    approver: input.approver || null,
    awards: input.awards.flatMap(whole),
    sessions: input.sessions
      .filter((session) => session.title || session.amount)
      .map((session) => ({
        ...session,
        category: session.category || null,
        on: session.on || null,
      })),
    started_on: input.started_on || null,
    completed_on: input.completed_on || null,
    expires_on: input.expires_on || null,
  };
}

function faultsOf(input: CreditInput): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (field: string, message: string) => faults.push({ field, message });
  if (input.amount && parse(input.amount) === null) {
    fault('amount', 'is not an amount; write a number such as 1.5');
  }
  if (input.status === 'draft') return faults;
  if (!input.title) fault('title', 'write the title as the certificate prints it');
  if (!input.completed_on) fault('completed_on', 'give the day it was completed');
  if (!input.amount) fault('amount', 'give the amount as the certificate prints it');
  if (!input.unit) fault('unit', 'say what the amount counts: contact hours, AAMA CEUs, …');
  const parts = Object.values(input.split);
  if (parts.length > 0 && input.amount && parse(sum(parts)) !== parse(input.amount)) {
    const message = `the categories must add up to ${input.amount}, the amount on the certificate`;
    fault('split', message);
  }
  return faults;
}

/** What every certificate says, for a search. */
const PRINTED = 'This certifies that Maria Delgado was present';

/** The credits with every word in their title or provider, or in what is printed on their certificate. */
function found(credits: readonly Credit[], typed: string): Found[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  return credits.flatMap((credit): Found[] => {
    if (has(`${credit.title} ${credit.provider}`)) {
      return [{ credit, found_in: 'title', excerpt: [{ text: credit.title, hit: true }] }];
    }
    if (credit.proofs.length === 0 || !has(PRINTED)) return [];
    const pieces = PRINTED.split(' ').flatMap((word) => [
      { text: word, hit: words.includes(word.toLowerCase()) },
      { text: ' ', hit: false },
    ]);
    return [{ credit, found_in: 'text', excerpt: pieces }];
  });
}
