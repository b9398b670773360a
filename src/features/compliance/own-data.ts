import type { Clock } from '../../core/clock.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { Erasure, ErasureStore } from './erasure-store.js';
import { nothingErased, type DataSubject, type Erased, type OwnDataPart } from './own-data-part.js';

export interface OwnDataParts {
  /** In the order in which they are copied and erased: one that needs another's records to find its own goes before. */
  parts: readonly OwnDataPart[];
  erasures: ErasureStore;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  newId: () => string;
  /** What is too much for one transaction could not be deleted now; it is tried again. */
  onFailure: (error: unknown) => void;
}

export interface ErasureResult extends Erased {
  /** False: the rest is being deleted; `finish` carries on. */
  isComplete: boolean;
}

/** A moment for the request that began an erasure to end it itself. */
const handOverMs = 60_000;
const batchSize = 100;

/** What citizens may have: a copy of their own records, and their erasure (个人信息保护法 §45, §47). */
export class OwnData {
  readonly #parts: OwnDataParts;

  constructor(parts: OwnDataParts) {
    this.#parts = parts;
    const names = parts.parts.map(({ name }) => name);
    if (new Set(names).size < names.length) throw new Error('two parts of the own data have one name');
  }

  /** A JSON document, piece by piece: `exportedAt`, then by the name of each part its records. */
  async *copy(citizen: DataSubject): AsyncIterable<string> {
    const { parts, clock } = this.#parts;
    yield `{\n  "exportedAt": ${JSON.stringify(new Date(clock.now()).toISOString())}`;
    for (const part of parts) {
      yield `,\n  ${JSON.stringify(part.name)}: [`;
      let separator = '\n';
      for await (const record of part.copy(citizen)) {
        yield `${separator}    ${JSON.stringify(record)}`;
        separator = ',\n';
      }
      yield separator === '\n' ? ']' : '\n  ]';
    }
    yield '\n}\n';
  }

  /**
   * Deletes everything that need not stay. What is little goes at once or not at all; then goes what is much, which a
   * dead process leaves to `finish`.
   *
   * @throws UserError of a part: something must be ended first, and nothing was deleted.
   */
  async erase(citizen: DataSubject): Promise<ErasureResult> {
    const { parts, erasures, transactions, clock, newId, onFailure } = this.#parts;
    const requestedAt = new Date(clock.now());
    const { erasure, erased } = await transactions.run(async (tx) => {
      const counts: Erased[] = [];
      for (const part of parts) counts.push((await part.erase?.(tx, citizen)) ?? nothingErased);
      const begun = await erasures.begin(tx, { ...citizen, erasureId: newId(), requestedAt });
      return { erasure: begun, erased: sumUp(counts) };
    });
    try {
      return { ...(await this.#eraseRest(erasure, erased)), isComplete: true };
    } catch (error) {
      onFailure(error);
      return { ...erased, isComplete: false };
    }
  }

  /** Carries on with what dead processes have left. @returns how many erasures it ended. */
  async finish(signal?: AbortSignal): Promise<number> {
    const { erasures, clock, onFailure } = this.#parts;
    const waiting = await erasures.list(new Date(clock.now() - handOverMs), batchSize);
    let ended = 0;
    for (const erasure of waiting) {
      if (signal?.aborted) break;
      try {
        await this.#eraseRest(erasure, nothingErased);
        ended += 1;
      } catch (error) {
        onFailure(error);
      }
    }
    return ended;
  }

  async #eraseRest(erasure: Erasure, before: Erased): Promise<Erased> {
    const { parts, erasures, transactions, audit } = this.#parts;
    const { accountId, openid, erasureId } = erasure;
    const counts = [before];
    for (const part of parts) counts.push((await part.eraseMany?.({ accountId, openid })) ?? nothingErased);
    const erased = sumUp(counts);
    await transactions.run(async (tx) => {
      if (!(await erasures.end(tx, erasure))) return;
      // Who it was is nowhere in the record: that would undo the erasure.
      await audit.append(tx, {
        accountId,
        by: { staffId: 'citizen', name: '市民本人' },
        from: { address: '', agent: 'own-data.erase' },
        action: 'own-data.erase',
        object: { kind: 'erasure', id: erasureId },
        changes: [
          { path: 'deleted', after: erased.deleted },
          { path: 'anonymised', after: erased.anonymised },
        ],
      });
    });
    return erased;
  }
}

function sumUp(counts: readonly Erased[]): Erased {
  return {
    deleted: counts.reduce((sum, { deleted }) => sum + deleted, 0),
    anonymised: counts.reduce((sum, { anonymised }) => sum + anonymised, 0),
    kept: [...new Set(counts.flatMap(({ kept }) => kept))],
  };
}
