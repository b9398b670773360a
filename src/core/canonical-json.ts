/** JSON with the keys of every object in code-unit order and without undefined values. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([one], [other]) => compareCodeUnits(one, other))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`);
  return `{${parts.join(',')}}`;
}

/** The same order on every machine, whatever its locale. */
export function compareCodeUnits(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
