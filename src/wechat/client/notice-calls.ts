import type {
  MassCallRequest,
  NoticeMedium,
  PlatformQuota,
  PlatformTemplate,
} from '../../features/notices/notice-platform-port.js';
import type { CustomMessage } from './custom-message.js';
import { customSend, templateSend } from './endpoints.js';
import { massLimits } from './limits.js';
import * as endpoints from './notice-endpoints.js';
import type { PlatformCaller } from './platform-caller.js';
import type { SubscriptionMessage, TemplateMessage } from './template-message.js';

/** The addresses whose quota can be asked for. */
const sendPaths = {
  customer_service: customSend.path,
  subscription: endpoints.subscriptionSend.path,
  template: templateSend.path,
  mass: endpoints.massSend.path,
} as const;

const massStates = {
  SEND_SUCCESS: 'sent',
  SENDING: 'sending',
  SEND_FAIL: 'failed',
  DELETE: 'deleted',
} as const;

/** The platform's interfaces for notices. Errors as with WechatClient; whatever sends is tried once. */
export class NoticeCalls {
  readonly #caller: PlatformCaller;

  constructor(caller: PlatformCaller) {
    this.#caller = caller;
  }

  async sendCustom(openid: string, message: CustomMessage): Promise<void> {
    await this.#caller.callOnce(customSend, { body: { touser: openid, ...message } });
  }

  /** @returns the id of TEMPLATESENDJOBFINISH, if the platform gives one. */
  async sendTemplate(openid: string, message: TemplateMessage): Promise<string | undefined> {
    const body = { touser: openid, ...message };
    return (await this.#caller.callOnce(templateSend, { body })).msgid;
  }

  /** @returns the id of subscribe_msg_sent_event, if the platform gives one. */
  async sendSubscription(openid: string, message: SubscriptionMessage): Promise<string | undefined> {
    const body = { touser: openid, ...message };
    return (await this.#caller.callOnce(endpoints.subscriptionSend, { body })).msgid;
  }

  /**
   * WeChat: 100 calls a day, 60 a minute, and 4 messages a month for each follower.
   * @returns the id of MASSSENDJOBFINISH; for a `clientMsgId` of the last 24 hours, the one of then
   * @throws RangeError for a number of openids or a `clientMsgId` that the platform does not take
   */
  async sendMass({ openids, medium, clientMsgId }: MassCallRequest): Promise<string> {
    const { openidsAtLeast, openidsAtMost, clientMsgIdBytes } = massLimits;
    if (openids.length < openidsAtLeast || openids.length > openidsAtMost)
      throw new RangeError(`${openidsAtLeast} to ${openidsAtMost} openids, not ${openids.length}`);
    if (Buffer.byteLength(clientMsgId) > clientMsgIdBytes)
      throw new RangeError(`a clientMsgId has at most ${clientMsgIdBytes} bytes`);
    const body = { touser: openids, ...toMassBody(medium), clientmsgid: clientMsgId };
    return (await this.#caller.callOnce(endpoints.massSend, { body })).msg_id;
  }

  async readMassState(messageId: string): Promise<'sent' | 'sending' | 'failed' | 'deleted'> {
    const answer = await this.#caller.call(endpoints.massGet, { body: { msg_id: messageId } });
    return massStates[answer.msg_status];
  }

  async listTemplates(): Promise<PlatformTemplate[]> {
    return (await this.#caller.call(endpoints.templateList, {})).template_list;
  }

  async listSubscriptionTemplates(): Promise<PlatformTemplate[]> {
    return (await this.#caller.call(endpoints.subscriptionTemplateList, {})).data;
  }

  async readQuota(kind: keyof typeof sendPaths): Promise<PlatformQuota> {
    const { quota } = await this.#caller.call(endpoints.quotaGet, { body: { cgi_path: sendPaths[kind] } });
    return { dailyLimit: quota.daily_limit, used: quota.used, remaining: quota.remain };
  }

  /** @returns its media id, good for three days */
  async uploadPicture(fileName: string, mediaType: string, bytes: Buffer): Promise<string> {
    const file = { field: 'media', fileName, mediaType, bytes };
    return (await this.#caller.call(endpoints.mediaUpload, { query: { type: 'image' }, file })).media_id;
  }
}

function toMassBody(medium: NoticeMedium): object {
  return medium.kind === 'text'
    ? { msgtype: 'text', text: { content: medium.text } }
    : { msgtype: 'image', images: { media_ids: [medium.mediaId] } };
}
