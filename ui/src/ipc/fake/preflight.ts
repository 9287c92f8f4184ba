// What the pretended back end finds amiss: some of it by simple signs, and all of it where that is to be looked at.
import { isZero } from '../../lib/decimal';
import type { Check } from '../bindings/Check';
import type { CheckCode } from '../bindings/CheckCode';
import type { Credit } from '../bindings/Credit';
import type { CreditOutcome } from '../bindings/CreditOutcome';
import { HOLDER } from './sample';
import type { Kept } from './kept';

const BLOG = 'Does it count? (AAMA blog, updated 24 June 2025)';
const HANDBOOK = 'Recertification handbook (AAMA, 2025)';
const OWN = 'Good sense rather than a rule: ';

const LETTERS =
  'The pages can show Latin, Greek and Cyrillic letters. With other characters, such as emoji, no transcript can be made.';

/** A character that the pages cannot show, if there is one. */
const unprintable = (text: string) => /\p{Extended_Pictographic}/u.exec(text)?.[0] ?? '';

interface Known extends Omit<Check, 'code' | 'credits'> {
  /** What is said of each credit. */
  note?: (credit: Credit) => string;
  /** How a credit that has it is told; nothing that the stand-in looks for, without. */
  sign?: (credit: Credit, outcome: CreditOutcome | undefined) => boolean;
}

/** In the order in which they are told. */
export const CHECKS: Record<CheckCode, Known> = {
  unprintable_details: {
    label: 'Your details cannot be printed',
    sentence: `${LETTERS} Write your name, former names, address and number in those letters.`,
    rules: [],
    fix: 'details',
  },
  unprintable: {
    label: 'Cannot be printed',
    sentence: `${LETTERS} Write this in those letters, or take the characters out.`,
    rules: [],
    fix: 'credit',
    note: (credit) => `“${unprintable(credit.title)}” in “${credit.title}”.`,
    sign: (credit) => unprintable(credit.title) !== '',
  },
  no_proof: {
    label: 'No certificate attached',
    sentence:
      'Nothing attached shows this. Credits without proof are refused, or asked about, which takes weeks.',
    rules: [
      {
        text: 'A certificate or school transcript with your name, the title, who gave it, the date and the amount.',
        source: BLOG,
      },
    ],
    fix: 'unproven',
    sign: (_, outcome) => !isZero(outcome?.earned ?? '0') && outcome?.proven === false,
  },
  no_card_back: {
    label: 'Back of the card missing',
    sentence:
      'The front of the card is attached and its back is not. A card that is shown by half is sent back.',
    rules: [{ text: 'A copy of the front and the back of the card.', source: HANDBOOK }],
    fix: 'credit',
  },
  no_amount: {
    label: 'No hours',
    sentence:
      'How many hours it stands for is not known. A certificate that does not say so is refused; ask the provider.',
    rules: [],
    fix: 'question',
    note: () => 'The certificate says only “CEU”.',
    sign: (credit) => credit.unit === 'ceu',
  },
  outside_period: {
    label: 'Outside your period',
    sentence:
      'AAMA counts what was done for the period that you apply for. Compare the date with the certificate.',
    rules: [],
    fix: 'credit',
    note: () => 'It was completed before the period.',
  },
  duplicate: {
    label: 'There twice',
    sentence:
      'Title, provider and day are the same. A course that is sent twice counts once, and makes a reader doubt the rest: remove one, or answer that they are different.',
    rules: [],
    fix: 'question',
  },
  in_house: {
    label: 'Training at work, or without formal credit',
    sentence: 'AAMA refuses this. What is sent in all the same makes a reader doubt the rest.',
    rules: [{ text: 'AAMA gives no points for training on the job.', source: BLOG }],
    fix: 'credit',
    sign: (credit) => credit.kind === 'in_service',
  },
  other_name: {
    label: 'Another name on the certificate',
    sentence: `${OWN}the name is neither yours nor a former name in your details, so a reader cannot tell that the certificate is yours. Add it as a former name, or ask the provider for a corrected certificate.`,
    rules: [],
    fix: 'details',
    note: (credit) => `It says “${credit.name_on_certificate ?? 'Maria Smith'}”.`,
    sign: ({ name_on_certificate: name }) =>
      name !== null && ![HOLDER.name, ...HOLDER.former_names].includes(name),
  },
  unclear_title: {
    label: 'Title that explains nothing',
    sentence: `${OWN}a reader cannot tell from the title what it was about, and asks. Add a line about it, or the course description.`,
    rules: [],
    fix: 'credit',
  },
  no_provider_number: {
    label: 'No provider number',
    sentence: `${OWN}a reader looks up by the approval number whether the provider was approved then. It is mostly printed near the signature.`,
    rules: [],
    fix: 'credit',
    note: () => 'Approved by ancc.',
  },
  not_filled_in: {
    label: 'Not filled in',
    sentence:
      'AAMA wants to know this beside the certificate. An application that leaves it open is sent back.',
    rules: [{ text: 'Title, provider, date and number of hours.', source: HANDBOOK }],
    fix: 'credit',
    note: () => 'Missing: provider, what it was about.',
  },
  picture: {
    label: 'Photo or screenshot',
    sentence: `${OWN}a picture is harder to read than the provider’s own file and easier to change, so some readers ask for the original PDF. Attach it if you can still get it.`,
    rules: [],
    fix: 'credit',
    note: () => 'IMG_2041.jpg looks like a photo.',
  },
  shows_more: {
    label: 'School transcript that shows more than needed',
    sentence: `${OWN}nobody needs this to count a course. Cover it in a copy, and attach the copy instead.`,
    rules: [],
    fix: 'credit',
    note: () => 'spring-term.pdf shows your date of birth and a social security number.',
  },
};

/** With each of them once, if `all` is wanted. */
export function preflight(kept: Kept, all: boolean) {
  return {
    read_preflight: ({ credential }: { credential: string }): Check[] => {
      const outcomes = new Map(
        kept.judged(credential, kept.credits).credits.map((outcome) => [outcome.id, outcome]),
      );
      const done = kept.credits.filter((credit) => credit.status === 'completed');
      const checks = Object.entries(CHECKS).map(
        ([code, { note, sign, ...check }], index): Check => {
          if (code === 'unprintable_details') return { ...check, code, credits: [] };
          const signed = done.filter((credit) => sign?.(credit, outcomes.get(credit.id)));
          const example = done.slice(index % done.length).slice(0, 1);
          const found = all && signed.length === 0 ? example : signed;
          const credits = found.map((credit) => ({
            id: credit.id,
            title: credit.title,
            note: note?.(credit) ?? null,
          }));
          return { ...check, code: code as CheckCode, credits };
        },
      );
      const name = kept.home.holder?.name ?? '';
      return checks.filter((check) =>
        check.code === 'unprintable_details'
          ? unprintable(name) !== '' || all
          : check.credits.length > 0,
      );
    },
  };
}
