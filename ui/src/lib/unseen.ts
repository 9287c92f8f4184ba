// Characters that cannot be seen: shown on every screen as what they are. Rust has the table (domain::unseen).

/** What gives orders, turns text around or hides it, and the marks of directions and of line ends. */
const UNSEEN =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u115f\u1160\u200e\u200f\u2028-\u202e\u2066-\u206f\u2800\u3164\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** `invoice<U+202E>fdp.exe` */
export const shown = (text: string) =>
  text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return `<U+${code}>`;
  });

/** Texts that a screen reader reads out. */
const READ_OUT = ['aria-label', 'alt', 'title', 'placeholder'];

/**
 * Shows them in all that is on the page and will be, whatever writes it there; what stands in a field to be edited stays
 * what it is. Returns how to stop.
 */
export function showUnseen(page: Element): () => void {
  look(page);
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes, attributeName } of changes) {
      if (type === 'childList') addedNodes.forEach(look);
      else if (type === 'characterData') showIn(target);
      else if (target instanceof Element && attributeName) showAttribute(target, attributeName);
    }
  });
  observer.observe(page, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: READ_OUT,
  });
  return () => observer.disconnect();
}

function look(node: Node): void {
  if (node instanceof Element) for (const name of READ_OUT) showAttribute(node, name);
  if (node.nodeType === Node.TEXT_NODE) showIn(node);
  node.childNodes.forEach(look);
}

function showIn(node: Node): void {
  const text = node.nodeValue ?? '';
  if (node.parentNode instanceof HTMLTextAreaElement) return;
  const told = shown(text);
  if (told !== text) node.nodeValue = told;
}

function showAttribute(element: Element, name: string): void {
  const text = element.getAttribute(name);
  if (text === null) return;
  const told = shown(text);
  if (told !== text) element.setAttribute(name, told);
}
