// The pretended back end's transcript and packet.
import type { PacketReport } from '../bindings/PacketReport';
import type { SavedTranscript } from '../bindings/SavedTranscript';
import type { TranscriptChoice } from '../bindings/TranscriptChoice';

const FOLDER = '/home/maria/Documents';

/** A white page with grey lines, as the number of a page tells it from others. */
const page = (number: number) =>
  `data:image/svg+xml;utf8,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="612" height="792"><rect width="612" height="792" fill="white"/><text x="51" y="80" font-size="26" font-family="sans-serif">Continuing education transcript, ${number}</text>${Array.from({ length: 22 }, (_, line) => `<rect x="51" y="${120 + line * 28}" width="${line % 3 === 2 ? 300 : 510}" height="9" fill="#ddd"/>`).join('')}</svg>`,
  )}`;

/** With so many files that their makers locked. */
export function transcript(locked: number) {
  const report = (name: string, merged: boolean): PacketReport => ({
    file: { name, folder: FOLDER },
    bytes: 3_154_284,
    locked: merged ? 0 : locked,
    exhibits: [
      { number: 1, name: 'order-of-draw.pdf', pages: 1, remark: null },
      ...(locked > 0 && !merged
        ? [
            {
              number: 2,
              name: 'locked.pdf',
              pages: 0,
              remark:
                'Its maker locked it against being put together with others. The file is there as it is.',
            },
          ]
        : []),
    ],
  });
  return {
    preview_transcript: ({ page: number }: { page: number }) => ({ image: page(number), pages: 6 }),
    save_transcript: ({ choice }: { choice: TranscriptChoice }): SavedTranscript => ({
      name: 'Continuing education, Maria Delgado, 2025-11-22.pdf',
      folder: FOLDER,
      remarks: choice.originals
        ? [
            {
              name: 'card.jpg',
              message:
                'It is attached as you added it, and may tell where a photo in it was taken.',
            },
          ]
        : [],
    }),
    print_transcript: () => null,
    read_packet_lists: () => 'other_sources',
    save_packet: ({ choice }: { choice: { merge_locked: boolean } }) =>
      report('recertification-packet-2025-11-22.pdf', choice.merge_locked),
    save_packet_folder: () => report('Recertification packet 2025-11-22', true),
    check_file: () => ({
      sha256: 'a'.repeat(64),
      written: {
        kind: 'transcript',
        credential: 'cma',
        name: 'transcript.pdf',
        at: '2025-11-20T15:00:00Z',
      },
      submission: null,
    }),
    open_saved: () => null,
  };
}
