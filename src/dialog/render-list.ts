/** A numbered list as text, and below it the line that tells which keys work. */
export function renderList(items: readonly { number: number; title: string }[], keys: string): string {
  return `${items.map(({ number, title }) => `【${number}】${title}`).join('\n')}\n\n${keys}`;
}
