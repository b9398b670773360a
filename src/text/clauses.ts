/**
 * The clauses of a normalised text: parted by punctuation, spaces beside 汉字, and the words with which speakers go
 * on to the next thing (voice recognition writes no punctuation). A text without any of these is its one clause.
 */
export function splitClauses(text: string): string[] {
  return text
    .split(BORDERS)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}

const BORDERS =
  /(?:然后|还有就是|还有|还要|还得|还需要|另外|顺便|顺带|以及|还想|接着|对了|第[一二三]个?是?|另?一个是|[12]是|(?<![0-9])[1-9][.、)]\s*(?=\p{Script=Han})|其次|再就是|再一个|\s*[\p{P}\n~]+\s*|(?<=\p{Script=Han})\s+|\s+(?=\p{Script=Han}))+/u;
