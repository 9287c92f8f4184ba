// The pretended back end's renewals: periods, and what was sent in for them.
import type { Credit } from '../bindings/Credit';
import type { CredentialView } from '../bindings/CredentialView';
import type { Evaluation } from '../bindings/Evaluation';
import type { Error as RecertError } from '../bindings/Error';
import type { FrozenView } from '../bindings/FrozenView';
import type { Home } from '../bindings/Home';
import type { PeriodInput } from '../bindings/PeriodInput';
import type { PeriodView } from '../bindings/PeriodView';
import type { RenewalInput } from '../bindings/RenewalInput';
import type { Renewals } from '../bindings/Renewals';
import type { SubmissionInput } from '../bindings/SubmissionInput';
import type { SubmissionView } from '../bindings/SubmissionView';

interface Given {
  home: Home;
  credits: () => readonly Credit[];
  judged: (credential: string, credits: readonly Credit[]) => Evaluation;
}

const invalid = (field: string, message: string): RecertError => ({
  code: 'invalid',
  message: 'This was not saved.',
  fields: [{ field, message }],
});

/** The commands that have to do with renewals, over a home that they change. */
export function renewals({ home, credits, judged }: Given) {
  const sent: FrozenView[] = [];
  const periods: PeriodView[] = [];

  const credential = (id: string) => {
    const found = home.credentials.find((view) => view.credential.id === id);
    if (!found) throw { code: 'not_found', message: `There is no credential ${id}.`, fields: [] };
    return found;
  };
  const viewOf = (id: string, held: CredentialView, input: SubmissionInput): SubmissionView => ({
    submission: {
      id,
      credential: held.credential.id,
      period: held.period,
      sent_on: input.sent_on || home.today,
      way: input.way || null,
      state: input.state,
      answered_on: input.answered_on || null,
      note: input.note || null,
      decisions: input.decisions,
      transcript: 'a'.repeat(64),
      frozen: 'b'.repeat(64),
    },
    input: { ...input, sent_on: input.sent_on || home.today },
    way_label: { mail: 'By mail', online: 'Online' }[input.way] ?? null,
  });
  const follow = () => {
    for (const held of home.credentials) {
      const waits = sent.find(
        ({ view: { submission } }) =>
          submission.credential === held.credential.id &&
          submission.period.from === held.period.from &&
          (submission.state === 'sent' || submission.state === 'questions'),
      )?.view.submission;
      held.waiting = waits
        ? { submission: waits.id, sent_on: waits.sent_on, state: waits.state }
        : null;
    }
    return home;
  };
  const present = (held: CredentialView): PeriodView => ({
    period: { ...held.period, renewed_on: null, pack_version: null, state: 'open' },
    current: true,
    kept: false,
    as_of: home.today,
  });

  return {
    read_renewals: ({ credential: id }: { credential: string }): Renewals => ({
      periods: [
        present(credential(id)),
        ...[...periods].sort((a, b) => b.period.from.localeCompare(a.period.from)),
      ],
      submissions: sent.map(({ view }) => view).reverse(),
    }),
    read_frozen: ({ id }: { id: string }) => sent.find(({ view }) => view.submission.id === id),
    keep_submission: ({
      credential: id,
      input,
    }: {
      credential: string;
      input: SubmissionInput;
    }) => {
      if (input.sent_on > home.today) {
        throw invalid('sent_on', 'is still to come; write the day you sent it');
      }
      const view = viewOf(`s${sent.length + 1}`, credential(id), input);
      sent.push({ view, evaluation: judged(id, credits()), credits: [...credits()] });
      return follow();
    },
    save_submission: ({ id, input }: { id: string; input: SubmissionInput }) => {
      const kept = sent.find(({ view }) => view.submission.id === id);
      if (kept) kept.view = viewOf(id, credential(kept.view.submission.credential), input);
      return follow();
    },
    remove_submission: ({ id }: { id: string }) => {
      sent.splice(
        sent.findIndex(({ view }) => view.submission.id === id),
        1,
      );
      return follow();
    },
    open_sent_transcript: () => null,
    save_sent_transcript: () => ({
      name: 'transcript-as-sent.pdf',
      folder: '/home/maria/Documents',
    }),
    renew_credential: ({ credential: id, input }: { credential: string; input: RenewalInput }) => {
      if (!input.renewed_on) throw invalid('renewed_on', 'write the day from which it counts');
      const held = credential(id);
      periods.push({
        period: {
          ...held.period,
          renewed_on: input.renewed_on,
          pack_version: '2026.1',
          state: 'renewed',
        },
        current: false,
        kept: true,
        as_of: held.period.to,
      });
      held.period = { from: input.renewed_on, to: input.expires_on || '2031-01-31' };
      return follow();
    },
    save_period: ({ input }: { input: PeriodInput }) => {
      if (!input.from) throw invalid('from', 'write the day');
      const { from, to, state } = input;
      const period = { from, to, state, renewed_on: input.renewed_on || null, pack_version: null };
      periods.push({ period, current: false, kept: true, as_of: to });
      return home;
    },
    remove_period: ({ from }: { from: string }) => {
      periods.splice(
        periods.findIndex(({ period }) => period.from === from),
        1,
      );
      return home;
    },
  };
}
