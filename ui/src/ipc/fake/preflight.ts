// What the pretended back end finds amiss: some of what the real one looks for, by simple signs.
import type { Check } from '../bindings/Check';
import type { Checked } from '../bindings/Checked';
import type { Credit } from '../bindings/Credit';
import { isZero } from '../../lib/decimal';
import { HOLDER } from './sample';
import type { Kept } from './kept';

const BLOG = 'Does it count? (AAMA blog, updated 24 June 2025)';

export function preflight(kept: Kept) {
  return {
    read_preflight: ({ credential }: { credential: string }): Check[] => {
      const outcomes = new Map(
        kept.judged(credential, kept.credits).credits.map((outcome) => [outcome.id, outcome]),
      );
      const about = (
        is: (credit: Credit) => boolean,
        note: (credit: Credit) => string | null = () => null,
      ): Checked[] =>
        kept.credits
          .filter((credit) => credit.status === 'completed' && is(credit))
          .map((credit) => ({ id: credit.id, title: credit.title, note: note(credit) }));
      const counts = (credit: Credit) => !isZero(outcomes.get(credit.id)?.earned ?? '0');
      const unprintable = (text: string) => /\p{Extended_Pictographic}/u.exec(text);
      const checks: Check[] = [
        {
          code: 'unprintable',
          label: 'Cannot be printed',
          sentence:
            'The pages can show Latin, Greek and Cyrillic letters. With other characters, such as emoji, no transcript can be made. Write this in those letters, or take the characters out; a file can be attached again under another name.',
          rules: [],
          credits: about(
            (credit) => unprintable(credit.title) !== null,
            (credit) => `“${unprintable(credit.title)?.[0] ?? ''}” in “${credit.title}”.`,
          ),
          fix: 'credit',
        },
        {
          code: 'no_proof',
          label: 'No certificate attached',
          sentence:
            'Nothing attached shows this. Credits without proof are refused, or asked about, which takes weeks.',
          rules: [
            {
              text: 'A certificate or school transcript with your name, the title, who gave it, the date and the amount.',
              source: BLOG,
            },
          ],
          credits: about((credit) => counts(credit) && outcomes.get(credit.id)?.proven === false),
          fix: 'unproven',
        },
        {
          code: 'in_house',
          label: 'Training at work, or without formal credit',
          sentence:
            'AAMA refuses this. What is sent in all the same makes a reader doubt the rest.',
          rules: [{ text: 'AAMA gives no points for training on the job.', source: BLOG }],
          credits: about((credit) => credit.kind === 'in_service'),
          fix: 'credit',
        },
        {
          code: 'no_amount',
          label: 'No hours',
          sentence:
            'How many hours it stands for is not known. A certificate that does not say so is refused; ask the provider.',
          rules: [],
          credits: about(
            (credit) => credit.unit === 'ceu',
            () => 'The certificate says only “CEU”.',
          ),
          fix: 'question',
        },
        {
          code: 'other_name',
          label: 'Another name on the certificate',
          sentence:
            'Good sense rather than a rule: the name is neither yours nor a former name in your details, so a reader cannot tell that the certificate is yours. Add it as a former name, or ask the provider for a corrected certificate.',
          rules: [],
          credits: about(
            ({ name_on_certificate: name }) =>
              name !== null && ![HOLDER.name, ...HOLDER.former_names].includes(name),
            (credit) => `It says “${credit.name_on_certificate}”.`,
          ),
          fix: 'details',
        },
      ];
      const name = kept.home.holder?.name ?? '';
      return [
        ...(unprintable(name)
          ? [
              {
                code: 'unprintable_details',
                label: 'Your details cannot be printed',
                sentence: `The pages can show Latin, Greek and Cyrillic letters. With other characters, such as emoji, no transcript can be made. Write your name, former names, address and number in those letters. In “${name}”.`,
                rules: [],
                credits: [],
                fix: 'details',
              } satisfies Check,
            ]
          : []),
        ...checks.filter((check) => check.credits.length > 0),
      ];
    },
  };
}
