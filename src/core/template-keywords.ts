/**
 * Characters that a keyword of a category template (类目模板) holds, by its type; a longer value is refused with 47003.
 * What WeChat's staff have answered, and the table of the mini-programs' subscription messages. `name` may have 20
 * letters, but 10 Chinese characters.
 */
export const templateKeywordLimits: ReadonlyMap<string, number> = new Map([
  ['thing', 20],
  ['character_string', 32],
  ['number', 32],
  ['letter', 32],
  ['symbol', 5],
  ['phrase', 5],
  ['phone_number', 17],
  ['car_number', 8],
  ['name', 10],
]);

/** The type of a keyword: `thing` of `thing1`, `character_string` of `character_string2`. */
export function keywordType(keyword: string): string {
  return keyword.replace(/\d+$/, '');
}
