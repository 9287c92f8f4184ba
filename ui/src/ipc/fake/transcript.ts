// The pretended back end's transcript.
export function transcript() {
  return {
    save_transcript: () => ({
      name: 'Continuing education, Maria Delgado, 2025-11-22.pdf',
      folder: '/home/maria/Documents',
    }),
    open_saved: () => null,
  };
}
