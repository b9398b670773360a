/** Runs work that comes in slices to its end, without a pause. */
export function finishSlices<T>(slices: Generator<undefined, T>): T {
  let slice = slices.next();
  while (!slice.done) slice = slices.next();
  return slice.value;
}
