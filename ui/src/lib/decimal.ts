// Exact decimals, as the record keeps them: whole ten-thousandths, never fractions of a float.

const SCALE = 10_000;

/** Ten-thousandths of a plain decimal such as `2`, `1.5` or `-0.25`; null for anything else. */
export function parse(text: string): number | null {
  const match = /^(-?)(\d{1,9})(?:\.(\d{1,4}))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = '0', part = ''] = match;
  const value = Number(whole) * SCALE + Number(part.padEnd(4, '0'));
  return sign ? -value : value;
}

/** The decimal without needless zeros: `2`, `1.5`. */
export function write(value: number): string {
  const digits = String(Math.abs(value)).padStart(5, '0');
  const part = digits.slice(-4).replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -4)}${part && `.${part}`}`;
}

/** `left - right`. */
export const minus = (left: string, right: string) =>
  write((parse(left) ?? 0) - (parse(right) ?? 0));

/** The sum; what is no decimal adds nothing. */
export const sum = (texts: readonly string[]) =>
  write(texts.reduce((total, text) => total + (parse(text) ?? 0), 0));

/** Whether there is anything. */
export const isZero = (text: string) => (parse(text) ?? 0) === 0;

/** Orders `left` before `right`. */
export const compare = (left: string, right: string) => (parse(left) ?? 0) - (parse(right) ?? 0);

/** For drawing only. */
export const ratio = (part: string, whole: string) => {
  const all = parse(whole) ?? 0;
  return all <= 0 ? 0 : Math.min(1, Math.max(0, (parse(part) ?? 0) / all));
};

/** The larger of the two. */
export const larger = (left: string, right: string) => (compare(left, right) >= 0 ? left : right);
