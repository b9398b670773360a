import type { Transaction } from '../../../src/core/transaction-runner.js';
import type { OwedNotice, OwedNoticeBook } from '../../../src/features/owed-notices/owed-notice.js';
import { onRollback } from './transaction-runner-fake.js';

export class OwedNoticeBookFake implements OwedNoticeBook {
  all: OwedNotice[] = [];

  async add(tx: Transaction, notice: OwedNotice): Promise<void> {
    const before = this.all;
    onRollback(tx, () => (this.all = before));
    this.all = [...before, ...(await this.listNew([notice]))];
  }

  async listNew(notices: readonly OwedNotice[]): Promise<OwedNotice[]> {
    return notices.filter((notice) => !this.all.some((one) => keyOf(one) === keyOf(notice)));
  }
}

function keyOf({ accountId, subject, kind, about }: OwedNotice): string {
  return JSON.stringify([accountId, subject.kind, subject.id, kind, about]);
}
