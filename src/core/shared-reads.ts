interface Reading<Result> {
  running: Promise<Result>;
  next: Promise<Result> | null;
}

/**
 * Reads that many want at the same moment are made once for all of them: whoever asks while one runs gets the next
 * one, which begins after they asked.
 */
export class SharedReads<Result> {
  readonly #readings = new Map<string, Reading<Result>>();

  read(key: string, work: () => Promise<Result>): Promise<Result> {
    const reading = this.#readings.get(key);
    if (reading === undefined) return this.#begin(key, work);
    const begin = () => this.#begin(key, work);
    reading.next ??= reading.running.then(begin, begin);
    return reading.next;
  }

  #begin(key: string, work: () => Promise<Result>): Promise<Result> {
    const reading: Reading<Result> = { running: work(), next: null };
    this.#readings.set(key, reading);
    const forget = () => {
      if (reading.next === null) this.#readings.delete(key);
    };
    reading.running.then(forget, forget);
    return reading.running;
  }
}
