export interface Link {
  words: string;
  url: string;
}

/**
 * Puts a link in the place of what is selected, the only mark-up that WeChat shows.
 * @returns besides, where it ends.
 */
export function insertLink(
  text: string,
  { start, end }: { start: number; end: number },
  { words, url }: Link,
): { text: string; end: number } {
  const link = `<a href="${url.trim().replaceAll('"', '%22')}">${words.trim().replaceAll('<', '＜')}</a>`;
  return { text: text.slice(0, start) + link + text.slice(end), end: start + link.length };
}

/** What is wrong with an address; empty: nothing. */
export function judgeAddress(url: string): string {
  const address = url.trim();
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return '要写完整的网址，以 https:// 开头';
  return '';
}
