import { z } from 'zod';

/** Somebody who was let in without network, until the server knows. */
const pendingSchema = z.object({
  accountId: z.string(),
  activityId: z.string(),
  ticketId: z.string(),
  device: z.string(),
  gate: z.string(),
  requestId: z.string(),
  /** By this machine's clock, milliseconds. */
  at: z.number(),
});
export type PendingAdmission = z.output<typeof pendingSchema>;

const prefix = 'check-in:pending:';

/**
 * Kept in the browser itself, each under its own name, so that two tabs do not overwrite each other's; written before
 * anybody is let in, and still there after the page or the machine was started anew.
 */
export class PendingAdmissions {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** @throws DOMException where the browser keeps nothing: then nobody may be let in. */
  add(pending: PendingAdmission): void {
    this.#storage.setItem(prefix + pending.requestId, JSON.stringify(pending));
  }

  remove(requestId: string): void {
    this.#storage.removeItem(prefix + requestId);
  }

  /** The oldest first; also those of a tab that was closed. */
  list(accountId: string): PendingAdmission[] {
    return Array.from({ length: this.#storage.length }, (_, at) => this.#storage.key(at) ?? '')
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => pendingSchema.safeParse(JSON.parse(this.#storage.getItem(key) ?? 'null')).data ?? [])
      .filter((pending) => pending.accountId === accountId)
      .toSorted((one, other) => one.at - other.at);
  }
}
