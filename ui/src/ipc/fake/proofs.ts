// The pretended back end's files: chosen, dropped, marked, taken off, shown.
import type { AttachReport } from '../bindings/AttachReport';
import type { DroppedFiles } from '../bindings/DroppedFiles';
import type { ProofOwner } from '../bindings/ProofOwner';
import type { ProofRef } from '../bindings/ProofRef';
import type { ProofRole } from '../bindings/ProofRole';
import type { Kept } from './kept';

interface Attached {
  owner: ProofOwner;
  roles: ProofRole[];
}

interface Attachment {
  owner: ProofOwner;
  sha256: string;
}

/** The dialog gives these files. */
export function proofs(kept: Kept, chosen: string[]) {
  const drops = new Map<number, string[]>();

  function change(owner: ProofOwner, how: (proofs: ProofRef[]) => ProofRef[]) {
    const changed = <T extends { id: string; proofs: ProofRef[] }>(all: T[], id: string) =>
      all.map((one) => (one.id === id ? { ...one, proofs: how(one.proofs) } : one));
    const { holder } = kept.home;
    if (owner === 'holder') {
      if (holder) kept.home.holder = { ...holder, documents: how(holder.documents) };
    } else if ('credit' in owner) kept.credits = changed(kept.credits, owner.credit);
    else kept.facts = changed(kept.facts, owner.fact);
  }

  function attach({ owner, roles }: Attached, names: string[]): AttachReport {
    const attached = names.filter((name) => !name.endsWith('.exe'));
    const added = attached.map((name, index) => ({
      sha256: `${kept.next()}`.padStart(64, 'f'),
      name,
      role: roles[index] ?? roles.at(-1) ?? 'certificate',
    }));
    change(owner, (before) => [...before, ...added]);
    return {
      attached,
      refused: names
        .filter((name) => !attached.includes(name))
        .map((name) => ({ name, reason: 'It is a program. Attach a PDF or a picture.' })),
      remarks: attached
        .filter((name) => name.endsWith('.jpg'))
        .map((name) => ({ name, message: 'This looks like a photo. It is kept.' })),
    };
  }

  const commands = {
    attach_proofs: (asked: Attached) => attach(asked, chosen),
    attach_dropped: (asked: Attached & { drop: number }) =>
      attach(asked, drops.get(asked.drop) ?? []),
    set_proof_role: ({ owner, sha256, role }: Attachment & { role: ProofRole }) => {
      change(owner, (before) =>
        before.map((proof) => (proof.sha256 === sha256 ? { ...proof, role } : proof)),
      );
      return null;
    },
    detach_proof: ({ owner, sha256 }: Attachment) => {
      change(owner, (before) => before.filter((proof) => proof.sha256 !== sha256));
      return null;
    },
    open_proof: () => null,
    preview_proof: ({ page }: { page: number }) => ({ image: picture(page), pages: 3 }),
  };
  const hold = ({ drop, names }: DroppedFiles) => drops.set(drop, names);
  return { commands, hold };
}

/** A page of a certificate that says nothing. */
const picture = (page: number) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="850" height="1100" viewBox="0 0 85 110"><rect width="85" height="110" fill="#fff"/>
     <text x="12" y="30" font-size="9">Certificate ${page}</text></svg>`,
  )}`;
