import { keywordType, templateKeywordLimits } from '../../../../api-types/template-keywords.js';

/**
 * How many characters a field of a template takes, and how many a value has; undefined: its type has no such limit.
 * A value with placeholders has no length before they are filled in.
 */
export function measureValue(keyword: string, value: string): { used: number; most: number } | undefined {
  const most = templateKeywordLimits.get(keywordType(keyword));
  if (most === undefined || value.includes('{{')) return undefined;
  return { used: Array.from(value).length, most };
}

/** Puts a placeholder in the place of what is selected. @returns besides, where it ends. */
export function insertPlaceholder(
  text: string,
  { start, end }: { start: number; end: number },
  name: string,
): { text: string; end: number } {
  const placeholder = `{{${name}}}`;
  return { text: text.slice(0, start) + placeholder + text.slice(end), end: start + placeholder.length };
}
