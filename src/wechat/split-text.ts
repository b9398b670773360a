interface Range {
  start: number;
  end: number;
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });
const sentenceEnds = '。！？；\n';
const closingMarks = '”’」』）》';
const emptyLine = /\r?\n[^\S\n]*\n/y;
const linkEdge = /<a\s|<\/a>/gi;
/** No unit of UTF-16 takes more bytes of UTF-8 than this. */
const mostBytes = 3;

/**
 * `text` in parts of at most `limit` bytes of UTF-8: cut between paragraphs where that is possible, else after a
 * sentence, else between characters as people see them. A link `<a …>…</a>` stays whole unless it alone exceeds
 * `limit`. Nothing is lost but white space at the cuts; blank parts are left out.
 */
export function splitText(text: string, limit: number): string[] {
  if (text.length * mostBytes <= limit || Buffer.byteLength(text) <= limit) return [text];
  const long = new LongText(text);
  const parts: string[] = [];
  let start = 0;
  for (;;) {
    const end = advance(text, start, limit);
    if (end === text.length) break;
    const cut = long.findCut({ start, end });
    parts.push(text.slice(start, cut).trimEnd());
    start = long.skipWhiteSpace(cut);
  }
  parts.push(text.slice(start));
  return parts.filter((part) => part.trim() !== '');
}

/** Where a text may be cut. All positions are indexes of UTF-16 units. */
class LongText {
  readonly #text: string;
  readonly #links: readonly Range[];
  readonly #segments: Intl.Segments;

  constructor(text: string) {
    this.#text = text;
    this.#links = findLinks(text);
    this.#segments = graphemes.segment(text);
  }

  /** The best place for a cut after `start` and not after `end`. */
  findCut(range: Range): number {
    return (
      this.#lastWhere(range, (at) => this.#isParagraphEnd(at)) ??
      this.#lastWhere(range, (at) => this.#isSentenceEnd(at)) ??
      this.#lastBoundary(range, this.#links) ??
      // Something that must stay whole is longer than a part.
      this.#lastBoundary(range, []) ??
      range.end
    );
  }

  skipWhiteSpace(from: number): number {
    let at = from;
    // By graphemes: a combining mark that stands on a space keeps it.
    for (
      let next = this.#segments.containing(at);
      next?.segment.trim() === '';
      next = this.#segments.containing(at)
    ) {
      at += next.segment.length;
    }
    return at;
  }

  #lastWhere({ start, end }: Range, matches: (at: number) => boolean): number | undefined {
    for (let at = end; at > start; at -= 1) {
      if (matches(at) && this.#boundaryBefore(at, this.#links) === at) return at;
    }
    return undefined;
  }

  #lastBoundary({ start, end }: Range, links: readonly Range[]): number | undefined {
    let at = end;
    while (at > start) {
      const boundary = this.#boundaryBefore(at, links);
      if (boundary === at) return at;
      at = boundary;
    }
    return undefined;
  }

  /** `at` itself where nothing is torn apart there, else the beginning of what would be. */
  #boundaryBefore(at: number, links: readonly Range[]): number {
    const link = links.find(({ start, end }) => start < at && at < end);
    return link?.start ?? this.#segments.containing(at)?.index ?? at;
  }

  #isParagraphEnd(at: number): boolean {
    emptyLine.lastIndex = at;
    return emptyLine.test(this.#text);
  }

  #isSentenceEnd(at: number): boolean {
    if (isOneOf(closingMarks, this.#text[at])) return false;
    let last = at - 1;
    while (isOneOf(closingMarks, this.#text[last])) last -= 1;
    return isOneOf(sentenceEnds, this.#text[last]);
  }
}

function isOneOf(characters: string, character: string | undefined): boolean {
  return character !== undefined && characters.includes(character);
}

function findLinks(text: string): Range[] {
  const links: Range[] = [];
  let start: number | undefined;
  for (const { 0: edge, index } of text.matchAll(linkEdge)) {
    const opens = edge[1] !== '/';
    if (opens) start ??= index;
    else if (start !== undefined) {
      links.push({ start, end: index + edge.length });
      start = undefined;
    }
  }
  return links;
}

/** The end of the longest run of whole characters from `start` that takes at most `limit` bytes of UTF-8. */
function advance(text: string, start: number, limit: number): number {
  let at = start;
  let bytes = 0;
  for (const character of text.slice(start, start + limit)) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    at += character.length;
  }
  return at;
}
