import { save } from '../api/download';

/** Saves a table as a file that Excel opens with the right characters and without running anything in it. */
export function saveCsv(
  name: string,
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const text = [heading, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\r\n');
  save(new Blob([`\uFEFF${text}`], { type: 'text/csv' }), name);
}

/** Excel takes a cell that begins with = + - @ for a formula. */
export function csvCell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
}
