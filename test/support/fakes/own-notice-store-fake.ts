import type { Transaction } from '../../../src/core/transaction-runner.js';
import type {
  NoticeReceiver,
  OwnNotice,
  OwnNoticeStore,
} from '../../../src/features/owed-notices/own-notice-store.js';
import { onRollback } from './transaction-runner-fake.js';

export class OwnNoticeStoreFake implements OwnNoticeStore {
  all: OwnNotice[] = [];

  async list(receiver: NoticeReceiver): Promise<OwnNotice[]> {
    return this.all
      .filter((one) => isFor(one, receiver))
      .sort((a, b) => b.dueAt.getTime() - a.dueAt.getTime());
  }

  async erase(tx: Transaction, receiver: NoticeReceiver): Promise<number> {
    const before = this.all;
    onRollback(tx, () => (this.all = before));
    this.all = before.filter((one) => !isFor(one, receiver) || one.state === 'sending');
    return before.length - this.all.length;
  }
}

function isFor(one: OwnNotice, { accountId, openid }: NoticeReceiver): boolean {
  return one.accountId === accountId && one.openid === openid;
}
