import { randomText } from '../random-text.js';
import { mediaRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

export interface StoredMedia {
  contentType: string;
  bytes: Buffer;
  expiresAt: number;
}

/** By which the sandbox knows ids that it has given out itself. */
const idPrefix = 'SANDBOX_';
/** Bytes; beyond them the oldest uploads lose their content, not their id. */
const keptBytes = 64 * 2 ** 20;

/** Temporary media. Ids of permanent material are taken at their word: the sandbox keeps none. */
export class MediaStore {
  readonly #media = new Map<string, StoredMedia>();

  /** @param addressOf where a browser finds what was uploaded. */
  constructor(
    private readonly random: () => number,
    private readonly addressOf: (mediaId: string) => string,
  ) {}

  add(contentType: string, bytes: Buffer, now: number): string {
    const mediaId = `${idPrefix}${randomText(this.random, 56)}`;
    this.#media.set(mediaId, { contentType, bytes, expiresAt: now + mediaRules.lifeMs });
    this.#dropOldest();
    return mediaId;
  }

  find(mediaId: string, now: number): StoredMedia | undefined {
    const found = this.#media.get(mediaId);
    return found && found.expiresAt > now ? found : undefined;
  }

  /** null for material of which only the id is known. @throws PlatformRefusal 40007 empty, expired or never given out */
  urlOf(mediaId: string, now: number): string | null {
    if (mediaId === '') throw new PlatformRefusal(40007);
    if (!mediaId.startsWith(idPrefix)) return null;
    if (!this.find(mediaId, now)) throw new PlatformRefusal(40007);
    return this.addressOf(mediaId);
  }

  #dropOldest(): void {
    let kept = 0;
    for (const media of [...this.#media.values()].toReversed()) {
      kept += media.bytes.length;
      if (kept > keptBytes) media.bytes = Buffer.alloc(0);
    }
  }
}
