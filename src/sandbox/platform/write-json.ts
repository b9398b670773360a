/** Around a number while it is text; nobody's text holds it. */
const mark = '\uE5A1';
const marked = new RegExp(`"${mark}(\\d+)${mark}"`, 'g');

/** JSON as the platform writes it: ids beyond 2^53, which stand at the top, are numbers with all their digits. */
export function writeJson(body: object): string {
  let hasBig = false;
  const fields = Object.entries(body).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'bigint') return [name, value];
    hasBig = true;
    return [name, `${mark}${value}${mark}`];
  });
  return hasBig ? JSON.stringify(Object.fromEntries(fields)).replaceAll(marked, '$1') : JSON.stringify(body);
}
