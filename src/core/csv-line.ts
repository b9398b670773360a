/** What a CSV file begins with: Excel takes one without it for a file in the machine's own encoding. */
export const csvMark = '\uFEFF';

/** RFC 4180; and a cell that a spreadsheet would take for a formula becomes text. */
export function toCsvLine(cells: readonly string[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

function toCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
