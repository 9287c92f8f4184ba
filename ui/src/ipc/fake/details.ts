// The pretended back end's holder and certifications.
import { long } from '../../lib/dates';
import type { CredentialInput } from '../bindings/CredentialInput';
import type { HolderInput } from '../bindings/HolderInput';
import type { Kept } from './kept';
import { CREDENTIAL, HOLDER, PACK } from './sample';
import { SECOND_PACK } from './second';

const credentials = (input: CredentialInput) => [
  {
    ...CREDENTIAL,
    credential: {
      ...CREDENTIAL.credential,
      certified_on: input.certified_on || null,
      recertified_on: input.recertified_on || null,
      expires_on: input.expires_on || null,
    },
  },
];

export function details({ home }: Kept) {
  return {
    read_home: () => home,
    read_packs: () => [PACK, SECOND_PACK],
    preview_credential: ({ input }: { input: CredentialInput }) => ({
      period: CREDENTIAL.period,
      sentence: `You’re current through ${long(
        input.expires_on || '2026-03-31',
      )}. Does your card say the same?`,
    }),
    start_record: ({ name, credential }: { name: string; credential: CredentialInput }) => {
      home.holder = { ...HOLDER, name, former_names: [], address: [], issuer_ids: {} };
      home.credentials = credentials(credential);
      return home;
    },
    save_holder: ({ input }: { input: HolderInput }) => {
      home.holder = { ...HOLDER, ...home.holder, ...input, born_on: input.born_on || null };
      return home;
    },
    save_credential: ({ input }: { input: CredentialInput }) => {
      home.credentials = credentials(input);
      return home;
    },
    export_record: () => ({
      name: 'Recert record 2025-11-22.json',
      folder: '/home/maria/Documents',
    }),
  };
}
