import { describe, expect, it } from '@jest/globals';
import { benchAccount } from '../../../scripts/bench/bench-account.js';
import { buildBatch } from '../../../scripts/bench/load/batch.js';
import { MessageMix, mixDescription, type MixOptions } from '../../../scripts/bench/load/message-mix.js';
import { MessageCrypto } from '../../../src/wechat/codec/message-crypto.js';
import { signParts } from '../../../src/wechat/codec/signature.js';

const now = Date.UTC(2026, 6, 31);
const vocabulary = {
  numbers: ['1'],
  keywords: ['身份证'],
  unknown: ['哈哈'],
  buttonKeys: ['node:a'],
  scenes: ['hall'],
};

function mixOf(options: Partial<MixOptions> = {}): MessageMix {
  return new MessageMix({ vocabulary, citizens: 10, seed: 1, order: 'random', ...options });
}

function take(mix: MessageMix, count: number) {
  return Array.from({ length: count }, () => mix.next(now));
}

describe('MessageMix', () => {
  it('keeps the shares that it names', () => {
    const messages = take(mixOf(), 20_000);
    const percent = (echo: string) =>
      (messages.filter((message) => message.echo === echo).length * 100) / messages.length;
    expect(mixDescription).toContain('menu numbers 45 %, keywords 25 %');
    expect(Math.abs(percent('1') - 45)).toBeLessThan(2);
    expect(Math.abs(percent('身份证') - 25)).toBeLessThan(2);
    expect(Math.abs(percent('subscribe') - 1)).toBeLessThan(0.5);
  });

  it('expects silence for an opened link only', () => {
    const silent = take(mixOf(), 1_000).filter(({ answered }) => !answered);
    expect(new Set(silent.map(({ echo }) => echo))).toEqual(new Set(['VIEW']));
  });

  it('never makes the same message twice, even where everybody sends within one second', () => {
    const xmls = take(mixOf(), 5_000).map(({ xml }) => xml);
    expect(new Set(xmls).size).toBe(xmls.length);
  });

  it('is the same stream for the same seed, and another for another', () => {
    expect(take(mixOf(), 50)).toEqual(take(mixOf(), 50));
    expect(take(mixOf(), 50)).not.toEqual(take(mixOf({ seed: 2 }), 50));
  });

  it('lets each citizen write once before anybody writes twice, in turn', () => {
    const openids = take(mixOf({ order: 'in-turn' }), 20).map(({ openid }) => openid);
    expect(new Set(openids.slice(0, 10)).size).toBe(10);
    expect(openids.slice(10)).toEqual(openids.slice(0, 10));
  });
});

describe('buildBatch', () => {
  it('writes requests whose query is signed and whose length is that of the body', () => {
    const account = benchAccount('plain');
    const { requests, openids } = buildBatch(mixOf(), account, 20, now);
    for (const [index, request] of requests.entries()) {
      const { query, body, length } = parseRequest(request);
      expect(query.get('signature')).toBe(
        signParts([account.token, query.get('timestamp')!, query.get('nonce')!]),
      );
      expect(length).toBe(Buffer.byteLength(body));
      expect(body).toContain(`<FromUserName><![CDATA[${openids[index]}]]></FromUserName>`);
    }
  });

  it('encrypts in safe mode', () => {
    const account = benchAccount('safe');
    const [request] = buildBatch(mixOf(), account, 1, now).requests;
    const { body } = parseRequest(request!);
    const cipher = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)![1]!;
    expect(new MessageCrypto(account.aesKey, account.appId).decrypt(cipher)).toContain('<FromUserName>');
    expect(body).not.toContain('FromUserName');
  });

  it('never signs two messages with one nonce', () => {
    const nonces = buildBatch(mixOf(), benchAccount('plain'), 500, now).requests.map((request) =>
      parseRequest(request).query.get('nonce'),
    );
    expect(new Set(nonces).size).toBe(500);
  });
});

function parseRequest(request: Buffer) {
  const text = request.toString();
  const [head, body] = [text.slice(0, text.indexOf('\r\n\r\n')), text.slice(text.indexOf('\r\n\r\n') + 4)];
  const query = new URLSearchParams(/^POST \/wechat\/pingan-meizhou\?(\S+) HTTP\/1\.1/.exec(head)![1]);
  return { body, query, length: Number(/Content-Length: (\d+)/.exec(head)![1]) };
}
