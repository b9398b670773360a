import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { OwnTicketStore, TicketHolder } from './own-ticket-store.js';
import type { Ticket } from './ticket.js';
import { ticketsCollection } from './ticket-store-mongo.js';

export class OwnTicketStoreMongo implements OwnTicketStore {
  readonly #tickets: mongo.Collection<Ticket>;

  constructor(connection: MongoConnection) {
    this.#tickets = databaseOf(connection).collection<Ticket>(ticketsCollection);
  }

  listOf({ accountId, openid }: TicketHolder): Promise<Ticket[]> {
    return this.#tickets.find({ accountId, openid }, { projection: { _id: 0 } }).toArray();
  }

  async erase(
    tx: Transaction,
    { accountId, openid }: TicketHolder,
  ): Promise<{ deleted: number; anonymised: number }> {
    const session = sessionOf(tx);
    const unused = { accountId, openid, arrival: { $exists: false } };
    const { deletedCount: deleted } = await this.#tickets.deleteMany(unused, { session });
    const { modifiedCount: anonymised } = await this.#tickets.updateMany(
      { accountId, openid },
      { $set: { openid: '' } },
      { session },
    );
    return { deleted, anonymised };
  }
}
