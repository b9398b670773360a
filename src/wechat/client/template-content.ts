/** A name, its colon and the place of its value; the name is missing from the first line of older templates. */
const field = /(?:([^\n\r{}:：]*)[:：]\s*)?\{\{\s*(\w+)\.DATA\s*\}\}/g;

/**
 * The fields of a template in their order, from the platform's way of writing it: `时间：{{time3.DATA}}` a line.
 * `name` is empty where nothing stands before the value.
 */
export function templateFields(content: string): { keyword: string; name: string }[] {
  const names = new Map<string, string>();
  for (const [, name = '', keyword = ''] of content.matchAll(field)) {
    if (!names.has(keyword)) names.set(keyword, name.trim());
  }
  return [...names].map(([keyword, name]) => ({ keyword, name }));
}
