import type { Transaction } from '../../../src/core/transaction-runner.js';
import type { Erasure, ErasureStore } from '../../../src/features/compliance/erasure-store.js';
import { onRollback } from './transaction-runner-fake.js';

export class ErasureStoreFake implements ErasureStore {
  all: Erasure[] = [];

  async begin(tx: Transaction, erasure: Erasure): Promise<Erasure> {
    const before = this.all;
    const found = before.find((one) => one.accountId === erasure.accountId && one.openid === erasure.openid);
    if (found) return found;
    onRollback(tx, () => (this.all = before));
    this.all = [...before, erasure];
    return erasure;
  }

  async end(tx: Transaction, { erasureId }: Erasure): Promise<boolean> {
    const before = this.all;
    onRollback(tx, () => (this.all = before));
    this.all = before.filter((one) => one.erasureId !== erasureId);
    return this.all.length < before.length;
  }

  async list(before: Date, limit: number): Promise<Erasure[]> {
    return this.all
      .filter(({ requestedAt }) => requestedAt <= before)
      .sort((a, b) => a.requestedAt.getTime() - b.requestedAt.getTime())
      .slice(0, limit);
  }
}
