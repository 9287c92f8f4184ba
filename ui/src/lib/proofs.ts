// Files that show something: how what they show is called, what is taken for granted of it, and dropped files that wait.
import type { AttachReport } from '../ipc/bindings/AttachReport';
import type { DroppedFiles } from '../ipc/bindings/DroppedFiles';
import type { ProofOwner } from '../ipc/bindings/ProofOwner';
import type { ProofRole } from '../ipc/bindings/ProofRole';
import { attachDropped } from '../ipc/commands';
import { count, list } from './words';

/** What a file shows, as she reads it. */
export const ROLES: Readonly<Record<ProofRole, string>> = {
  certificate: 'Certificate',
  course_description: 'Course description',
  card_front: 'Front of the card',
  card_back: 'Back of the card',
  card_both_sides: 'Both sides of the card',
  agenda: 'Agenda or program',
  receipt: 'Receipt',
  transcript_page: 'Page of a transcript',
  credential_certificate: 'Your certification',
  name_change: 'Change of name',
  letter: 'Letter',
  other: 'Something else',
};

/** What the files of a credit may show, the most usual first. */
export const OF_A_CREDIT: readonly ProofRole[] = [
  'certificate',
  'course_description',
  'card_front',
  'card_back',
  'card_both_sides',
  'agenda',
  'receipt',
  'transcript_page',
  'letter',
  'other',
];

/** What the files of a card, of hours, of a statement may show. */
export const OF_A_FACT: readonly ProofRole[] = [
  'certificate',
  'card_front',
  'card_back',
  'card_both_sides',
  'credential_certificate',
  'receipt',
  'transcript_page',
  'letter',
  'other',
];

/** What documents of hers may show that belong to no credit. */
export const OF_HERSELF: readonly ProofRole[] = [
  'credential_certificate',
  'name_change',
  'letter',
  'receipt',
  'transcript_page',
  'other',
];

/** What further files are taken to show, in turn, until she says otherwise: a card has a front and a back. */
export function guess(card: boolean, shown: readonly ProofRole[]): ProofRole[] {
  const sides: ProofRole[] =
    card && !shown.includes('card_both_sides') ? ['card_front', 'card_back'] : [];
  return [...sides.filter((side) => !shown.includes(side)), 'certificate'];
}

/** A dropped file that is attached once its form is saved. */
export interface WaitingFile {
  drop: number;
  name: string;
  /** What it shows, once she has said it. */
  said: ProofRole | null;
}

export const wait = ({ drop, names }: DroppedFiles): WaitingFile[] =>
  names.map((name) => ({ drop, name, said: null }));

/** What each waiting file shows beside those that are attached: what she said, or the guess. */
export function rolesOf(
  waiting: readonly WaitingFile[],
  card: boolean,
  attached: readonly ProofRole[],
): ProofRole[] {
  const said = waiting.flatMap((file) => file.said ?? []);
  const guessed = guess(card, [...attached, ...said]);
  return waiting.map((file) => file.said ?? guessed.shift() ?? 'certificate');
}

/** Attaches what waits. */
export async function attachWaiting(
  owner: ProofOwner,
  waiting: readonly WaitingFile[],
  roles: readonly ProofRole[],
): Promise<AttachReport> {
  const drops = [...new Set(waiting.map(({ drop }) => drop))];
  const reports = await Promise.all(
    drops.map((drop) =>
      attachDropped(
        owner,
        drop,
        roles.filter((_, index) => waiting[index]?.drop === drop),
      ),
    ),
  );
  return {
    attached: reports.flatMap((one) => one.attached),
    refused: reports.flatMap((one) => one.refused),
    remarks: reports.flatMap((one) => one.remarks),
  };
}

/** The first thing she should know of files that were attached, if there is any. */
export function remarkOf({ refused, remarks }: AttachReport): string | null {
  if (refused[0]) return `${refused[0].name} was not added. ${refused[0].reason}`;
  return remarks[0] ? `${remarks[0].name}: ${remarks[0].message}` : null;
}

/** As many credits as are named where a file shows several. */
const NAMED = 3;

/** `“Order of Draw” and 4 other credits`: which credits a file shows. */
export function creditsNamed(credits: readonly { title: string }[]): string {
  const names = credits.slice(0, NAMED).map(({ title }) => (title ? `“${title}”` : 'a draft'));
  const more = credits.length - names.length;
  return list(more > 0 ? [...names, count(more, 'other credit')] : names);
}
