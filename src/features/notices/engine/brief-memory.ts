/** Remembers what was costly to find out, for a moment; then lets go of it. Failures are not remembered. */
export class BriefMemory<Value> {
  readonly #keptMs: number;
  readonly #values = new Map<string, Promise<Value>>();

  constructor(keptMs: number) {
    this.#keptMs = keptMs;
  }

  get(key: string, find: () => Promise<Value>): Promise<Value> {
    const known = this.#values.get(key);
    if (known) return known;
    const found = find();
    this.#values.set(key, found);
    const forget = () => this.#values.delete(key);
    found.then(() => setTimeout(forget, this.#keptMs).unref(), forget);
    return found;
  }
}
