// Where the keyboard goes when something appears or goes away.

/** Gives the heading of a new screen the focus, so that reading begins there. */
export function takeFocus(heading: HTMLElement): void {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** Gives an answer the focus that took the place of what was pressed. */
export function hearFocus(answer: HTMLElement): void {
  answer.tabIndex = -1;
  answer.focus();
}

/** Takes her to the first field that has a fault. */
export const focusFault = (form: HTMLElement | undefined) =>
  form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-fault] input')?.focus();

/** A form within a page: the keyboard goes to its first field, and Escape gives up the form, not the page. */
export const beginForm = (giveUp: () => void) => (form: HTMLElement) => {
  form.querySelector<HTMLElement>('input, select')?.focus();
  const hear = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    giveUp();
  };
  form.addEventListener('keydown', hear);
  return () => form.removeEventListener('keydown', hear);
};
