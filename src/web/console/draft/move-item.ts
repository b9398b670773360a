/** Changes places with the neighbour; at the ends nothing happens. */
export function moveItem<Item>(items: readonly Item[], index: number, step: number): Item[] {
  const other = items[index + step];
  const item = items[index];
  return item === undefined || other === undefined
    ? [...items]
    : items.with(index, other).with(index + step, item);
}
