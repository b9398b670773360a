import { OperationalError, UserError } from '../../../core/errors.js';
import type { NoticeHold } from '../notice.js';
import type { NoticePlatform } from '../notice-platform-port.js';
import { BriefMemory } from './brief-memory.js';

/** A picture kept here, for notices. */
export interface PictureReader {
  /** Null: there is none. */
  read(accountId: string, pictureId: string): Promise<{ bytes: Buffer; mediaType: string } | null>;
}

/** WeChat keeps temporary media for three days. */
const keptMs = 48 * 3_600_000;

const retryMs = 10_000;

/** What a notice waits for whose picture could not be handed over; null: the error has nothing to do with that. */
export function pictureHold(
  error: unknown,
  now: number,
): Pick<NoticeHold, 'cause' | 'reason' | 'until'> | null {
  if (error instanceof UserError) return { cause: 'template', reason: `picture:${error.code}`, until: null };
  if (!(error instanceof OperationalError)) return null;
  return { cause: 'configuration', reason: `picture:${error.code}`, until: new Date(now + retryMs) };
}

/** Hands pictures to the platform, each once. */
export class PictureUploads {
  readonly #pictures: PictureReader;
  readonly #platform: Pick<NoticePlatform, 'uploadPicture'>;
  readonly #mediaIds = new BriefMemory<string>(keptMs);

  constructor(pictures: PictureReader, platform: Pick<NoticePlatform, 'uploadPicture'>) {
    this.#pictures = pictures;
    this.#platform = platform;
  }

  /** @throws OperationalError, or UserError where it will never be taken; see `pictureHold`. */
  mediaIdOf(accountId: string, pictureId: string): Promise<string> {
    return this.#mediaIds.get(`${accountId} ${pictureId}`, async () => {
      const picture = await this.#pictures.read(accountId, pictureId);
      if (!picture) throw new OperationalError('picture_missing', 'the picture of a notice is gone');
      return this.#platform.uploadPicture(accountId, picture);
    });
  }
}
