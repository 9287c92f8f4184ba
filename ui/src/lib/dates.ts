// Calendar days as ISO texts, and how people read them. No time zones, save where an instant becomes her own day.

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAY = 86_400_000;

/** Days since 1970; NaN for what is no ISO date. */
const days = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / DAY;

function parts(iso: string): [year: number, month: string, day: number] {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number);
  return [year, MONTHS[month - 1] ?? '', day];
}

/** `31 March 2026`: unambiguous on both sides of the Atlantic. */
export function long(iso: string): string {
  const [year, month, day] = parts(iso);
  return `${day} ${month} ${year}`;
}

/** `31 Mar 2026`, for tables. */
export function short(iso: string): string {
  const [year, month, day] = parts(iso);
  return `${day} ${month.slice(0, 3)} ${year}`;
}

/** The day of an instant where she is. */
export function dayOf(instant: string): string {
  const at = new Date(instant);
  const two = (number: number) => `${number}`.padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** `31 Mar 2026, 5:05 PM`: an instant where she is. */
export const moment = (instant: string) =>
  `${short(dayOf(instant))}, ${new Date(instant).toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' })}`;

/** Days from one date to another. */
export const between = (from: string, to: string) => days(to) - days(from);

/** How far off a date is: `today`, `in 12 days`, `in 4 months`, `3 days ago`. */
export function away(today: string, date: string): string {
  const distance = between(today, date);
  if (distance === 0) return 'today';
  if (distance === 1) return 'tomorrow';
  if (distance === -1) return 'yesterday';
  const span = spanOf(Math.abs(distance));
  return distance > 0 ? `in ${span}` : `${span} ago`;
}

function spanOf(distance: number): string {
  if (distance < 60) return `${distance} days`;
  const months = Math.floor(distance / 30.44);
  if (months < 24) return `${months} months`;
  const years = Math.floor(months / 12);
  const rest = months % 12;
  const extra = rest === 0 ? '' : rest === 1 ? ' and 1 month' : ` and ${rest} months`;
  return `${years} years${extra}`;
}

/** Where a date lies between two others, from 0 to 1. */
export const position = (date: string, from: string, to: string) =>
  Math.min(1, Math.max(0, between(from, date) / Math.max(1, between(from, to))));

/** The first of January of each year that begins within the two dates. */
export function newYears(from: string, to: string): string[] {
  const [first] = parts(from);
  const [last] = parts(to);
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => `${first + i + 1}-01-01`);
}
