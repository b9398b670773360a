/** Writes a row; one past the end is a new one, and stays unwritten while it is empty. */
export function putLine(lines: readonly string[], index: number, text: string): string[] {
  if (index < lines.length) return lines.with(index, text);
  return text === '' ? [...lines] : [...lines, text];
}

export function dropLine(lines: readonly string[], index: number): string[] {
  return lines.toSpliced(index, 1);
}

/** Puts each line of a text into a row of its own, from a row on. @returns besides, the row after the last of them. */
export function pasteLines(
  lines: readonly string[],
  index: number,
  text: string,
): { lines: string[]; next: number } {
  const fresh = splitLines(text);
  const replaced = lines[index] === '' ? 1 : 0;
  const at = replaced === 1 ? index : Math.min(index + (lines[index] === undefined ? 0 : 1), lines.length);
  return { lines: lines.toSpliced(at, replaced, ...fresh), next: at + fresh.length };
}

/** The lines of a text without blank ones and without what lists begin with: `- `, `1. `, `1、`. */
export function splitLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[-*•]\s+|\d{1,3}(?:[、)）]|[.．]\s))\s*/, '').trim())
    .filter((line) => line !== '');
}

/** Without blank rows, each without spaces around it. */
export function tidyLines(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}
