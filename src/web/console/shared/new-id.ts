/** Nobody has to think of an id: `service-3f9a61c2`. */
export function newId(kind: string): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return `${kind}-${number.toString(16).padStart(8, '0')}`;
}
