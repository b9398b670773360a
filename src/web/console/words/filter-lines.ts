/** A row of a long list with its place in the whole. */
export interface PlacedLine {
  line: string;
  index: number;
}

/** The rows that hold a text; all where there is none. */
export function filterLines(lines: readonly string[], text: string): PlacedLine[] {
  const wanted = text.trim().toLowerCase();
  return lines
    .map((line, index) => ({ line, index }))
    .filter(({ line }) => line.toLowerCase().includes(wanted));
}

/** Adds lines that are not there yet, once each. @returns besides, how many of them were new. */
export function addLines(
  lines: readonly string[],
  fresh: readonly string[],
): { lines: string[]; added: number } {
  const all = [...new Set([...lines, ...fresh])];
  const before = new Set(lines).size;
  return { lines: [...lines, ...all.slice(before)], added: all.length - before };
}
