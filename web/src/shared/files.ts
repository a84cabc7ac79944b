// What is seen, as files for other programs: tables for spreadsheets, GeoJSON for map programs.

/**
 * Comma-separated values with a byte order mark, so that spreadsheets read Chinese; names come from the public, so
 * none may begin a formula.
 */
export function csv(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(cell).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** To a decimeter: more digits would promise what no survey holds. */
export const tenth = (n: number) => Math.round(n * 10) / 10;
