import { describe, expect, it } from '@jest/globals';
import { benchAccount } from '../../../scripts/bench/bench-account.js';
import { faultOfAnswer } from '../../../scripts/bench/load/check-answer.js';
import { accountOpenid } from '../../../scripts/bench/load/message-mix.js';
import { MessageCrypto } from '../../../src/wechat/codec/message-crypto.js';
import { signParts } from '../../../src/wechat/codec/signature.js';

const plain = benchAccount('plain');
const safe = benchAccount('safe');

function answerXml({ to = 'oCitizen', from = accountOpenid, text = '您好' } = {}): string {
  return (
    `<xml><ToUserName><![CDATA[${to}]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName>` +
    `<CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content></xml>`
  );
}

function sealed(xml: string, token = safe.token): string {
  const cipher = new MessageCrypto(safe.aesKey, safe.appId).encrypt(xml);
  const signature = signParts([token, '1', '2', cipher]);
  return `<xml><Encrypt>${cipher}</Encrypt><MsgSignature>${signature}</MsgSignature><TimeStamp>1</TimeStamp><Nonce>2</Nonce></xml>`;
}

const expected = { openid: 'oCitizen', text: null };

describe('faultOfAnswer', () => {
  it('finds nothing wrong with an answer to the citizen', () => {
    expect(faultOfAnswer(answerXml(), plain, expected)).toBeNull();
    expect(faultOfAnswer(sealed(answerXml()), safe, expected)).toBeNull();
  });

  it.each([
    ['addressed to somebody else', answerXml({ to: 'oOther' })],
    ['not from the account', answerXml({ from: 'gh_other' })],
    ['an empty text', answerXml({ text: '' })],
  ])('tells an answer that is %s', (fault, xml) => {
    expect(faultOfAnswer(xml, plain, expected)).toBe(fault);
  });

  it('tells an echo of something else', () => {
    expect(faultOfAnswer(answerXml(), plain, { openid: 'oCitizen', text: '再见' })).toBe(
      'not the echo of the message',
    );
  });

  it('tells an envelope with a wrong signature', () => {
    expect(faultOfAnswer(sealed(answerXml(), 'other'), safe, expected)).toBe(
      'the envelope is not signed with our token',
    );
  });
});
