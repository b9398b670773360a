/** A text with placeholders, taken apart: words as they stand, and names that each recipient's own values replace. */
export interface NoticeText {
  parts: readonly NoticeTextPart[];
  faults: readonly NoticeTextFault[];
}

export type NoticeTextPart = { text: string } | { name: string };

/** @property at offset of the `{{` in the text. */
export interface NoticeTextFault {
  code: 'placeholder_unclosed' | 'placeholder_unnamed';
  at: number;
}

/** A text for one recipient; or the names for which there is no value, so that there is no text. */
export type RenderedText = { text: string } | { missing: readonly string[] };

/**
 * Takes a text apart. `{{名称}}` is a placeholder, with or without spaces inside; `\{` is a brace and `\\` a backslash
 * that stand for themselves. Every other character does so anyway. What is faulty is kept as text.
 */
export function parseNoticeText(text: string): NoticeText {
  const parts: NoticeTextPart[] = [];
  const faults: NoticeTextFault[] = [];
  let words = '';
  for (const match of text.matchAll(pieces)) {
    const [piece] = match;
    const name = match.groups?.['name']?.trim();
    if (name !== undefined && name !== '') {
      if (words !== '') parts.push({ text: words });
      parts.push({ name });
      words = '';
      continue;
    }
    if (name === '') faults.push({ code: 'placeholder_unnamed', at: match.index });
    else if (piece === '{{') faults.push({ code: 'placeholder_unclosed', at: match.index });
    words += escaped.test(piece) ? piece.slice(1) : piece;
  }
  if (words !== '') parts.push({ text: words });
  return { parts, faults };
}

/** The names of the placeholders, each once, in the order in which they come. */
export function placeholdersOf({ parts }: NoticeText): string[] {
  return [...new Set(parts.flatMap((part) => ('name' in part ? [part.name] : [])))];
}

/** @param values by the placeholders' names; a blank one counts as missing. Its own braces are no placeholders. */
export function renderNoticeText(text: NoticeText, values: Readonly<Record<string, string>>): RenderedText {
  const valueOf = (name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '').trim() : '');
  const missing = placeholdersOf(text).filter((name) => valueOf(name) === '');
  if (missing.length > 0) return { missing };
  return { text: text.parts.map((part) => ('text' in part ? part.text : valueOf(part.name))).join('') };
}

/** The text that is taken apart into these parts. */
export function writeNoticeText(parts: readonly NoticeTextPart[]): string {
  return parts
    .map((part) => ('name' in part ? `{{${part.name}}}` : part.text.replaceAll(/[\\{]/g, String.raw`\$&`)))
    .join('');
}

/** Names hold no braces, no backslash and no line break; 40 characters at most, with the spaces around them. */
const pieces = /\\[\\{]|\{\{(?<name>[^{}\\\r\n]{0,40})\}\}|\{\{|[^\\{]+|[\\{]/gu;
const escaped = /^\\[\\{]$/;
