interface Numbered {
  number: number;
  title: string;
}

/** `1-3 违法与罚款（交通管理）`: how citizens reach a node, and what lies above it. */
export function sayTrail({ number, title, above }: Numbered & { above: readonly Numbered[] }): string {
  const numbers = [...above, { number }].map((node) => node.number).join('-');
  const titles = above.map((node) => node.title).join(' › ');
  return titles === '' ? `${numbers} ${title}` : `${numbers} ${title}（${titles}）`;
}
