import type { Transaction } from '../../core/transaction-runner.js';
import {
  nothingErased,
  type DataSubject,
  type Erased,
  type OwnDataPart,
  type OwnRecord,
} from '../compliance/own-data-part.js';
import type { OwnNotice, OwnNoticeStore } from './own-notice-store.js';

/** What a citizen was told of their appointments and registrations, for their rights of access and erasure. */
export class OwnNotices implements OwnDataPart {
  readonly name = 'notices';
  readonly #store: OwnNoticeStore;

  constructor(store: OwnNoticeStore) {
    this.#store = store;
  }

  async *copy(citizen: DataSubject): AsyncIterable<OwnRecord> {
    for (const notice of await this.#store.list(citizen)) yield describe(notice);
  }

  async erase(tx: Transaction, citizen: DataSubject): Promise<Erased> {
    return { ...nothingErased, deleted: await this.#store.erase(tx, citizen) };
  }
}

function describe({ subject, kind, about, dueAt, said, state, channel, endedAt }: OwnNotice): OwnRecord {
  return {
    subject: subject.kind,
    kind,
    about: about.toISOString(),
    dueAt: dueAt.toISOString(),
    said: said ?? null,
    state: state ?? 'waiting',
    channel: channel ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
