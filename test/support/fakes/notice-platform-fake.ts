import type {
  MassCallRequest,
  MassOutcome,
  NoticePlatform,
  PersonalMessage,
  PersonalOutcome,
} from '../../../src/features/notices/notice-platform-port.js';

export interface SentMessage {
  openid: string;
  message: PersonalMessage;
}

/** A platform that does as it is told, and remembers what it was asked. */
export class NoticePlatformFake implements NoticePlatform {
  readonly sent: SentMessage[] = [];
  readonly massCalls: MassCallRequest[] = [];
  longTermTemplates: string[] = [];
  /** How the next messages end. */
  answer: (sent: SentMessage, nth: number) => PersonalOutcome | Promise<PersonalOutcome> = (_, nth) => ({
    kind: 'accepted',
    messageId: `message-${nth}`,
  });
  answerMass: (call: MassCallRequest, nth: number) => MassOutcome | Promise<MassOutcome> = (_, nth) => ({
    kind: 'accepted',
    messageId: `mass-${nth}`,
  });
  admission: (signal: AbortSignal) => Promise<void> = async () => undefined;
  massState: 'sent' | 'sending' | 'failed' | 'deleted' = 'sent';

  async admit(_accountId: string, _channel: string, signal: AbortSignal): Promise<void> {
    await this.admission(signal);
  }

  async send(_accountId: string, openid: string, message: PersonalMessage): Promise<PersonalOutcome> {
    const sent = { openid, message };
    this.sent.push(sent);
    return this.answer(sent, this.sent.length);
  }

  async sendMass(_accountId: string, call: MassCallRequest): Promise<MassOutcome> {
    this.massCalls.push(call);
    return this.answerMass(call, this.massCalls.length);
  }

  async readMassState() {
    return this.massState;
  }

  async uploadPicture(): Promise<string> {
    return 'media-1';
  }

  async listTemplates() {
    return [];
  }

  async listSubscriptionTemplates() {
    return this.longTermTemplates.map((id) => ({
      id,
      title: '',
      fields: [],
      example: '',
      isLongTerm: true,
    }));
  }

  async readQuota() {
    return { dailyLimit: 100_000, used: 0, remaining: 100_000 };
  }
}
