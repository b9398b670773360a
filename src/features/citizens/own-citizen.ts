import type { Transaction } from '../../core/transaction-runner.js';
import {
  nothingErased,
  type DataSubject,
  type Erased,
  type OwnDataPart,
  type OwnRecord,
} from '../compliance/own-data-part.js';
import type { Citizen } from './citizen.js';
import type { OwnCitizenStore } from './own-citizen-store.js';

/** A citizen as such: since when, from where, with which district and tags. */
export class OwnCitizen implements OwnDataPart {
  readonly name = 'citizen';
  readonly #store: OwnCitizenStore;

  constructor(store: OwnCitizenStore) {
    this.#store = store;
  }

  async *copy(citizen: DataSubject): AsyncIterable<OwnRecord> {
    const found = await this.#store.find(citizen);
    if (!found) return;
    yield {
      firstContactAt: found.firstContactAt.toISOString(),
      subscribed: found.subscribed ?? null,
      subscribedAt: found.subscribedAt?.toISOString() ?? null,
      district: found.district ?? null,
      tags: found.tagIds ?? [],
      subscriptions: found.subscriptions.map(({ kind, at, scene }) => ({
        kind,
        at: at.toISOString(),
        scene: scene ?? null,
      })),
    };
  }

  async erase(tx: Transaction, citizen: DataSubject): Promise<Erased> {
    const found = await this.#store.find(citizen, tx);
    if (!found) return nothingErased;
    await this.#store.forget(tx, citizen);
    const known = found.subscriptions.length + (found.district === undefined ? 0 : 1);
    return { deleted: known, anonymised: 0, kept: reasonsToKeep(found) };
  }
}

function reasonsToKeep({ subscribed, tagIds = [] }: Citizen): string[] {
  return [
    subscribed === false ? '' : '您关注着本公众号这件事：微信平台也这样记录，取消关注后就不再给您发通知。',
    tagIds.length === 0 ? '' : `${tagIds.length} 个分组标签：保存在微信平台上，取消关注后由平台清除。`,
  ].filter((reason) => reason !== '');
}
