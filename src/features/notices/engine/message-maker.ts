import type { FieldCipher } from '../../../core/field-cipher.js';
import { clientMsgIdOf, type Delivery } from '../delivery.js';
import type { Notice, NoticeBody } from '../notice.js';
import type { NoticeMedium, PersonalChannel, PersonalMessage } from '../notice-platform-port.js';
import { NoticeWriter } from '../notice-writer.js';
import { openValues } from './recipient-values.js';
import type { PictureUploads } from './picture-uploads.js';

export type MadeMessage =
  | { kind: 'message'; message: PersonalMessage }
  /** There is nothing that could be said. */
  | { kind: 'unfit'; reason: string };

/** Makes the messages of one notice. */
export class MessageMaker {
  readonly #notice: Notice;
  readonly #writer: NoticeWriter;
  readonly #cipher: FieldCipher;
  readonly #pictures: Pick<PictureUploads, 'mediaIdOf'>;

  constructor(notice: Notice, cipher: FieldCipher, pictures: Pick<PictureUploads, 'mediaIdOf'>) {
    this.#notice = notice;
    this.#writer = new NoticeWriter(notice.content);
    this.#cipher = cipher;
    this.#pictures = pictures;
  }

  /** @throws what `pictureHold` knows, when a picture could not be handed to the platform. */
  async make(row: Delivery, channel: PersonalChannel): Promise<MadeMessage> {
    const values = openValues(this.#cipher, row, row.sealedValues);
    if (values === null) return { kind: 'unfit', reason: 'values_unreadable' };
    const written = this.#writer.write(channel, values);
    switch (written.kind) {
      case 'unfit':
        return written;
      case 'template':
        return { kind: 'message', message: templateMessage(row, channel, written.template) };
      case 'body': {
        const medium = await this.#toMedium(written.body);
        return { kind: 'message', message: { channel: 'customer_service', medium } };
      }
    }
  }

  /** What goes to many at once. @throws as `make` does. */
  async makeForMany(): Promise<{ medium: NoticeMedium } | { unfit: string }> {
    const written = this.#writer.write('mass', {});
    if (written.kind === 'unfit') return { unfit: written.reason };
    if (written.kind === 'template') return { unfit: 'no_content' };
    return { medium: await this.#toMedium(written.body) };
  }

  async #toMedium(body: NoticeBody): Promise<NoticeMedium> {
    if (body.kind === 'text') return body;
    const mediaId = await this.#pictures.mediaIdOf(this.#notice.accountId, body.pictureId);
    return { kind: 'picture', mediaId };
  }
}

function templateMessage(
  row: Delivery,
  channel: PersonalChannel,
  template: Extract<PersonalMessage, { channel: 'template' }>['template'],
): PersonalMessage {
  return channel === 'subscription'
    ? { channel, template }
    : { channel: 'template', template, clientMsgId: clientMsgIdOf(row) };
}
