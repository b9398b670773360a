/** Lists of numbers, one after another in typed arrays: list n is `values` from `starts[n]` to `starts[n + 1]`. */
export interface NumberLists {
  readonly starts: Uint32Array;
  readonly values: Uint32Array;
}

/** Whether an ascending list holds a number. */
export function listHolds({ starts, values }: NumberLists, position: number, wanted: number): boolean {
  let low = starts[position] ?? 0;
  let high = starts[position + 1] ?? 0;
  const end = high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low < end && values[low] === wanted;
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

/**
 * Those of the positions whose values are the largest, at most so many, none below a third of the largest; the
 * earlier ones first. Plain loops: it is hot.
 */
export function chooseLargest(values: Float32Array, positions: readonly number[], limit: number): number[] {
  let largest = 0;
  for (const position of positions) {
    const value = values[position] ?? 0;
    if (value > largest) largest = value;
  }
  const least = largest * OF_LARGEST;
  const large: number[] = [];
  const counts = new Uint32Array(STEPS + 1);
  for (const position of positions) {
    const value = values[position] ?? 0;
    if (value < least) continue;
    const step = stepOf(value, largest);
    counts[step] = (counts[step] ?? 0) + 1;
    large.push(position);
  }
  let step = STEPS;
  let count = counts[STEPS] ?? 0;
  while (step > STEPS / 3 && count + (counts[step - 1] ?? 0) <= limit) {
    step -= 1;
    count += counts[step] ?? 0;
  }
  return large
    .filter((position) => stepOf(values[position] ?? 0, largest) >= step)
    .sort((a, b) => a - b)
    .slice(0, limit);
}

const STEPS = 64;
/** A little below the lowest step that is chosen. */
const OF_LARGEST = 0.32;

function stepOf(value: number, largest: number): number {
  return Math.floor((value / largest) * STEPS);
}
