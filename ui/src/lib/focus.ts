// Where the keyboard goes when the screen changes.

/** Gives a heading the focus when it appears, so that a screen reader starts there. */
export function takeFocus(element: HTMLElement): void {
  element.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}
