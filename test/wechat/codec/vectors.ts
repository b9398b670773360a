import { readFileSync } from 'node:fs';

export interface SignatureVector {
  src: string;
  signature: string;
  parts?: string[];
  token?: string;
  timestamp?: string;
  nonce?: string;
}

export interface AesVector {
  src: string;
  kind: 'encrypt' | 'decrypt';
  key: string;
  appid: string;
  cipher: string;
  plain?: string;
  random?: string;
  token?: string;
  timestamp?: string;
  nonce?: string;
  msg_signature?: string;
}

export interface JsapiVector {
  noncestr: string;
  jsapi_ticket: string;
  timestamp: number;
  url: string;
  signature: string;
}

/** Check values from the public test suites of other SDKs, so that our codec does not only agree with itself. */
export const vectors = JSON.parse(
  readFileSync(new URL('../../data/vectors/wechat-vectors.json', import.meta.url), 'utf8'),
) as { signature: SignatureVector[]; aes: AesVector[]; jsapi: JsapiVector[] };
