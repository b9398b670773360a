interface Line {
  last: Promise<void>;
  length: number;
}

/**
 * Whoever writes to one record that many want stands in line within this process: MongoDB fails a transaction that
 * meets another one at once, and many would mostly run in vain. Between processes the database decides.
 */
export class Lines {
  readonly #lines = new Map<string, Line>();

  isEmpty(accountId: string, id: string): boolean {
    return !this.#lines.has(keyOf(accountId, id));
  }

  /** Runs `work` when everybody before is done. */
  async run<Result>(accountId: string, id: string, work: () => Promise<Result>): Promise<Result> {
    const key = keyOf(accountId, id);
    const line = this.#lines.get(key) ?? { last: Promise.resolve(), length: 0 };
    this.#lines.set(key, line);
    line.length += 1;
    const before = line.last;
    let leave: () => void = () => undefined;
    line.last = new Promise((resolve) => (leave = resolve));
    await before;
    try {
      return await work();
    } finally {
      line.length -= 1;
      if (line.length === 0) this.#lines.delete(key);
      leave();
    }
  }
}

function keyOf(accountId: string, id: string): string {
  return `${accountId} ${id}`;
}
