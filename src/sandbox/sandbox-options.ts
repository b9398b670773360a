import type { Clock } from '../core/clock.js';
import type { Logger } from '../observability/logger.js';
import type { WechatAccount } from '../wechat/account.js';

/** One account on the simulated platform. */
export interface SandboxAccount {
  account: WechatAccount;
  /** The name in the title bar of the chat. */
  name: string;
  /** QR codes that the page offers for scanning. */
  scenes?: readonly { scene: string; title: string }[];
}

export interface SandboxOptions {
  accounts: readonly SandboxAccount[];
  clock: Clock;
  logger: Logger;
  /** As Math.random: 0 ≤ x < 1. Makes ids and nonces, nothing secret. */
  random: () => number;
  /** Where an account's messages are delivered; its origin is also where pictures are fetched from. */
  webhookUrl: (accountId: string) => string;
  /** Keeps followers, chats and menus across restarts; without it they live in memory. */
  stateFile?: string;
  /** Where the built phone page lies; default: `dist/web/phone` of this package. */
  pageFolder?: string;
  timings?: Partial<SandboxTimings>;
  /** Daily limits other than the usual ones, by path of the API: accounts with many followers are granted more. */
  dailyLimits?: Readonly<Record<string, number>>;
}

/** All in milliseconds. */
export interface SandboxTimings {
  /** WeChat closes the connection after 5 s without an answer. */
  answerDeadlineMs: number;
  /** Between a failed attempt and the re-send. WeChat documents none. */
  resendPauseMs: number;
  /** A repeat of a mass message's `clientmsgid` within so long is refused with 45066 instead of 45065. */
  massRepeatPauseMs: number;
  /** How long "out of order" holds a message back, waiting for the next one to overtake it. */
  holdMs: number;
  /** How long changes are collected before the state file is written. */
  saveDelayMs: number;
}

export const defaultTimings: SandboxTimings = {
  answerDeadlineMs: 5000,
  resendPauseMs: 0,
  massRepeatPauseMs: 60_000,
  holdMs: 3000,
  saveDelayMs: 500,
};
