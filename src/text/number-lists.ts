/** Lists of numbers, one after another in typed arrays: list n is `values` from `starts[n]` to `starts[n + 1]`. */
export interface NumberLists {
  readonly starts: Uint32Array;
  readonly values: Uint32Array;
}

export function listOf({ starts, values }: NumberLists, position: number): Uint32Array {
  return values.subarray(starts[position], starts[position + 1]);
}

export function sizeOf({ starts }: NumberLists, position: number): number {
  return (starts[position + 1] ?? 0) - (starts[position] ?? 0);
}

/** A slice at a time. */
export function* flatten(lists: readonly (readonly number[])[]): Generator<undefined, NumberLists> {
  const starts = new Uint32Array(lists.length + 1);
  for (const [position, list] of lists.entries())
    starts[position + 1] = (starts[position] ?? 0) + list.length;
  const values = new Uint32Array(starts[lists.length] ?? 0);
  for (const [position, list] of lists.entries()) {
    values.set(list, starts[position]);
    if (position % SLICE === 0) yield;
  }
  return { starts, values };
}

/** Lists between two pauses. */
const SLICE = 5_000;

/** Positions of the largest values, at most so many, none below a third of the largest. Plain loops: it is hot. */
export function chooseLargest(values: Float32Array, limit: number): number[] {
  let largest = 0;
  for (let position = 0; position < values.length; position += 1) {
    largest = Math.max(largest, values[position] ?? 0);
  }
  const counts = new Uint32Array(STEPS + 1);
  for (let position = 0; position < values.length; position += 1) {
    const step = stepOf(values[position] ?? 0, largest);
    counts[step] = (counts[step] ?? 0) + 1;
  }
  let least = STEPS;
  let count = counts[STEPS] ?? 0;
  while (least > STEPS / 3 && count + (counts[least - 1] ?? 0) <= limit) {
    least -= 1;
    count += counts[least] ?? 0;
  }
  const chosen: number[] = [];
  for (let position = 0; position < values.length && chosen.length < limit; position += 1) {
    if (largest > 0 && stepOf(values[position] ?? 0, largest) >= least) chosen.push(position);
  }
  return chosen;
}

const STEPS = 64;

function stepOf(value: number, largest: number): number {
  return Math.floor((value / largest) * STEPS);
}
