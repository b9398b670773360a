/** A node among its siblings. */
export interface Numbered {
  id: string;
  number: number;
}

/** Of those that citizens can choose a node by. */
export const highestNumber = 99;

/**
 * Gives a node a number among its siblings-to-be. Whoever holds the number makes way by one, and so on up to the
 * first free number: towards the place that the node leaves, if it is a sibling already; else upwards, or downwards
 * where nothing above is free. Everybody else keeps the number that citizens know.
 *
 * @param siblings without the node itself; `from` is its number among them until now.
 * @returns the numbers that change, the node's own included; undefined when all 99 are taken.
 */
export function placeNode(
  siblings: readonly Numbered[],
  id: string,
  number: number,
  from?: number,
): Map<string, number> | undefined {
  const holders = new Map(siblings.map((sibling) => [sibling.number, sibling.id]));
  const directions = from === undefined ? [1, -1] : [Math.sign(from - number) || 1];
  for (const direction of directions) {
    const displaced = displace(holders, number, direction);
    if (displaced) return displaced.set(id, number);
  }
  return undefined;
}

function displace(
  holders: ReadonlyMap<number, string>,
  number: number,
  direction: number,
): Map<string, number> | undefined {
  const moved = new Map<string, number>();
  for (let place = number; ; place += direction) {
    const holder = holders.get(place);
    if (holder === undefined) return moved;
    const next = place + direction;
    if (next < 1 || next > highestNumber) return undefined;
    moved.set(holder, next);
  }
}
