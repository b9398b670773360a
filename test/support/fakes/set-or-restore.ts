import type { Transaction } from '../../../src/core/transaction-runner.js';
import { onRollback } from './transaction-runner-fake.js';

/** Sets an entry of a fake's map; what was there comes back when the transaction fails. */
export function setOrRestore<Key, Value>(
  tx: Transaction,
  map: Map<Key, Value>,
  key: Key,
  value: Value,
): void {
  const before = map.get(key);
  onRollback(tx, () => (before === undefined ? map.delete(key) : map.set(key, before)));
  map.set(key, value);
}
