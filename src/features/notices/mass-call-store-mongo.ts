import type { mongo } from 'mongoose';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf, TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { RowsOf } from './delivery-store.js';
import type { MassCallEnding, MassCallRef, MassCallStore, MassLedger } from './mass-call-store.js';
import type { MassCall, MassCallState, MassCallView, MassReport } from './mass-call.js';

const callsName = 'notice_mass_calls';
const lanesName = 'notice_mass_lanes';
/** Longer than the rows of its notice. */
const keptSeconds = 400 * 86_400;

export const massCallMigration: Migration = {
  id: 'notices-2-mass-calls',
  async up(db) {
    await db.createCollection(lanesName).catch(ignoreExisting);
    await db.collection(callsName).createIndexes([
      { key: { noticeId: 1, preparation: 1, call: 1 }, unique: true, name: 'call' },
      { key: { accountId: 1, month: 1 }, name: 'ledger' },
      { key: { messageId: 1 }, sparse: true, name: 'platform_message' },
      {
        key: { updatedAt: 1 },
        partialFilterExpression: { state: 'accepted' },
        name: 'unreported',
      },
      { key: { isSettled: 1 }, partialFilterExpression: { isSettled: false }, name: 'unsettled' },
      { key: { updatedAt: 1 }, expireAfterSeconds: keptSeconds, name: 'expiry' },
    ]);
  },
};

/** One document per account; its revision moves with every plan that was added. */
interface Lane {
  _id: string;
  revision: number;
}

/** They count against the four of a month; a call that waits has taken its place already. */
const counted: MassCallState[] = ['pending', 'sending', 'accepted', 'reported', 'unknown'];
/** What happens to the rows of such a call no longer depends on anybody. */
const told: MassCallState[] = ['accepted', 'reported', 'refused', 'unknown', 'cancelled'];
const notToShow = { _id: 0, openids: 0, rows: 0, claim: 0, leaseUntil: 0 } as const;

export class MassCallStoreMongo implements MassCallStore {
  readonly #transactions: TransactionRunnerMongo;
  readonly #calls: mongo.Collection<MassCall>;
  readonly #lanes: mongo.Collection<Lane>;

  constructor(connection: MongoConnection) {
    const db = databaseOf(connection);
    this.#transactions = new TransactionRunnerMongo(connection);
    this.#calls = db.collection<MassCall>(callsName);
    this.#lanes = db.collection<Lane>(lanesName);
  }

  list(rows: RowsOf): Promise<MassCallView[]> {
    return this.#calls
      .find<MassCallView>(ofNotice(rows), { projection: notToShow, sort: { call: 1 } })
      .toArray();
  }

  async readLane(accountId: string): Promise<number> {
    return (await this.#lanes.findOne({ _id: accountId }))?.revision ?? 0;
  }

  async countOf(accountId: string, month: string): Promise<MassLedger> {
    const counts = new Map<string, number>();
    const calls = this.#calls.find<Pick<MassCall, 'openids'>>(
      { accountId, month, state: { $in: counted } },
      { projection: { _id: 0, openids: 1 }, batchSize: 4 },
    );
    for await (const { openids } of calls)
      for (const openid of openids) counts.set(openid, (counts.get(openid) ?? 0) + 1);
    return counts;
  }

  async add(accountId: string, lane: number, calls: readonly MassCall[]): Promise<boolean> {
    try {
      return await this.#transactions.run(async (tx) => {
        const session = sessionOf(tx);
        const next = { $set: { revision: lane + 1 } };
        const { matchedCount, upsertedCount } = await this.#lanes.updateOne(
          { _id: accountId, revision: lane },
          next,
          { session, upsert: lane === 0 },
        );
        if (matchedCount + upsertedCount === 0) return false;
        // One by one: ten thousand openids are as much as should be written without a pause.
        for (const call of calls) await this.#calls.insertOne({ ...call }, { session });
        return true;
      });
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  listUnsettled(rows: RowsOf): Promise<MassCall[]> {
    return this.#find({ ...ofNotice(rows), isSettled: false });
  }

  async begin(
    call: MassCall,
    { claim, now, leaseUntil }: Parameters<MassCallStore['begin']>[1],
  ): Promise<MassCall | null> {
    const taken = await this.#calls.findOneAndUpdate(
      { ...refOf(call), state: 'pending', dueAt: { $lte: now } },
      {
        $set: {
          state: 'sending',
          claim,
          leaseUntil,
          maybeSentAt: call.maybeSentAt ?? now,
          updatedAt: now,
        },
        $inc: { attempts: 1 },
        $unset: { reason: '' },
      },
      { returnDocument: 'after', projection: { _id: 0, openids: 0, rows: 0 } },
    );
    return taken && { ...taken, openids: call.openids, rows: call.rows };
  }

  async end(call: MassCall, { at, ...ending }: MassCallEnding): Promise<boolean> {
    const { matchedCount } = await this.#calls.updateOne(
      { ...refOf(call), claim: call.claim ?? '', state: { $in: ['sending', 'pending'] } },
      {
        $set: { ...ending, updatedAt: at },
        $unset: { leaseUntil: '', ...(!ending.maybeSentAt && { maybeSentAt: '' }) },
      },
    );
    return matchedCount === 1;
  }

  async abandonExpired(rows: RowsOf, now: Date): Promise<number> {
    const { modifiedCount } = await this.#calls.updateMany(
      { ...ofNotice(rows), state: 'sending', leaseUntil: { $lte: now } },
      {
        $set: { state: 'pending', dueAt: now, reason: 'worker_lost', updatedAt: now },
        $unset: { leaseUntil: '' },
      },
    );
    return modifiedCount;
  }

  async cancelPending(rows: RowsOf, now: Date): Promise<void> {
    const untouched = { ...ofNotice(rows), state: 'pending' as const };
    await this.#calls.updateMany(
      { ...untouched, maybeSentAt: { $exists: false } },
      { $set: { state: 'cancelled', updatedAt: now } },
    );
    await this.#calls.updateMany(
      { ...untouched, maybeSentAt: { $exists: true } },
      { $set: { state: 'unknown', updatedAt: now } },
    );
  }

  async markSettled({ state, ...call }: MassCallRef & Pick<MassCall, 'state'>): Promise<void> {
    await this.#calls.updateOne({ ...refOf(call), state }, { $set: { isSettled: true } });
  }

  async report(accountId: string, messageId: string, report: MassReport): Promise<boolean> {
    const call = { messageId, accountId };
    const { matchedCount } = await this.#calls.updateOne(
      { ...call, report: { $exists: false } },
      { $set: { state: 'reported', report, isSettled: false, updatedAt: report.at } },
    );
    // One without a report got its id after the update: it has to be reported once more.
    return matchedCount === 1 || (await this.#calls.findOne({ ...call, report: { $exists: true } })) !== null;
  }

  listUntold(before: Date, limit: number): Promise<MassCall[]> {
    return this.#find({ isSettled: false, state: { $in: told }, updatedAt: { $lt: before } }, limit);
  }

  listUnreported(before: Date, limit: number): Promise<MassCall[]> {
    return this.#find({ state: 'accepted', updatedAt: { $lt: before } }, limit);
  }

  async closeUnreported(call: MassCallRef, state: string, at: Date): Promise<void> {
    await this.#calls.updateOne(
      { ...refOf(call), state: 'accepted' },
      { $set: { state: 'reported', reason: state, isSettled: false, updatedAt: at } },
    );
  }

  async forgetOpenids(month: string): Promise<number> {
    const { modifiedCount } = await this.#calls.updateMany(
      {
        month: { $lt: month },
        isSettled: true,
        state: { $nin: ['pending', 'sending'] },
        'rows.0': { $exists: true },
      },
      { $set: { openids: [], rows: [] } },
    );
    return modifiedCount;
  }

  #find(filter: mongo.Filter<MassCall>, limit = 0): Promise<MassCall[]> {
    return this.#calls
      .find<MassCall>(filter, { projection: { _id: 0 }, sort: { call: 1 }, limit, batchSize: 1 })
      .toArray();
  }
}

function ofNotice({ id: noticeId, preparation }: RowsOf) {
  return { noticeId, preparation };
}

function refOf({ noticeId, preparation, call }: MassCallRef) {
  return { noticeId, preparation, call };
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'codeName' in error && error.codeName === 'NamespaceExists')) throw error;
}
