import { createHash } from 'node:crypto';
import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import { UserError } from '../../../core/errors.js';
import { notFound } from '../../../core/refusals.js';
import type { TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import type { NoticePicture, PictureStore } from './picture-store.js';

export interface NoticePicturesParts {
  pictures: PictureStore;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
}

/** WeChat, "Upload temporary media": pictures of 10 MB. A phone does not need a fifth of that. */
export const pictureBytes = 2 * 1_024 * 1_024;
const keptMs = 400 * 86_400_000;

/** Pictures that staff put into notices. */
export class NoticePictures {
  readonly #parts: NoticePicturesParts;

  constructor(parts: NoticePicturesParts) {
    this.#parts = parts;
  }

  /** @throws UserError `picture_too_large`, `picture_unknown` */
  async upload(accountId: string, bytes: Buffer, actor: Actor): Promise<NoticePicture> {
    if (bytes.length > pictureBytes) {
      throw new UserError('picture_too_large', '图片最大 2 MB', { status: 413 });
    }
    const mediaType = mediaTypeOf(bytes);
    if (!mediaType) throw new UserError('picture_unknown', '只能用 PNG 或 JPEG 图片', { status: 422 });
    const { pictures, transactions, audit, clock } = this.#parts;
    const id = createHash('sha256').update(bytes).digest('hex');
    const picture = { accountId, id, mediaType, bytes };
    await transactions.run(async (tx) => {
      await pictures.keep(tx, picture, new Date(clock.now() + keptMs));
      await audit.append(tx, {
        ...actor,
        accountId,
        action: 'notice-picture.upload',
        object: { kind: 'notice-picture', id },
        changes: [{ path: 'bytes', after: bytes.length }],
      });
    });
    return picture;
  }

  /** @throws UserError `not_found` */
  async show(accountId: string, id: string): Promise<NoticePicture> {
    const picture = await this.#parts.pictures.read(accountId, id);
    if (!picture) throw notFound();
    return picture;
  }
}

/** By what the file begins with, whatever it is called. */
function mediaTypeOf(bytes: Buffer): NoticePicture['mediaType'] | undefined {
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'image/png';
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  return undefined;
}
