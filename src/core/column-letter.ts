/** How spreadsheets call a column: A … Z, AA … @param at 0, 1, 2 … */
export function columnLetter(at: number): string {
  const letter = String.fromCodePoint(65 + (at % 26));
  return at < 26 ? letter : `${columnLetter(Math.floor(at / 26) - 1)}${letter}`;
}
