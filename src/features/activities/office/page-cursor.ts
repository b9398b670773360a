/** Where a page of a list that is in order of time ends: `<milliseconds>.<id>`. */
export function writeCursor(at: Date, id: string): string {
  return `${at.getTime()}.${id}`;
}

export function readCursor(text: string): { at: Date; id: string } {
  const dot = text.indexOf('.');
  return { at: new Date(Number(text.slice(0, dot))), id: text.slice(dot + 1) };
}
