/** One official account as the platform knows it. Secrets: never logged, never sent to a browser. */
export interface WechatAccount {
  /** Our own name of the account; part of every stored key and of the webhook's path. */
  accountId: string;
  appId: string;
  appSecret: string;
  /** The token of the platform's "server configuration", for signatures. */
  token: string;
  messageMode: MessageMode;
  /** EncodingAESKey, 43 characters; needed in compat and safe mode. */
  aesKey?: string;
  /** The key before the last change: messages under way during a change still carry it. */
  previousAesKey?: string;
}

/** plain: no encryption. compat: both forms in one body. safe: encrypted only, and plain text is refused. */
export type MessageMode = 'plain' | 'compat' | 'safe';
