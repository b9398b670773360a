import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseInbound } from '../../src/wechat/codec/inbound-message.js';
import { parseBody } from '../../src/wechat/codec/body.js';
import { buildPassiveReply, parsePassiveReply } from '../../src/wechat/codec/passive-reply.js';
import { ProtocolError } from '../../src/wechat/codec/protocol-error.js';
import { cdata, parseXml, stripForbidden } from '../../src/wechat/codec/xml.js';

const markup = fc.constantFrom(
  ']]>',
  '<![CDATA[',
  '<!DOCTYPE a>',
  '<!--',
  '&lt;',
  '&#2;',
  '</Content>',
  ']',
  '>',
  '\u0002',
  '\ud800',
  '😀',
  '\n',
);
const hostileText = fc
  .array(fc.oneof(markup, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 20 })
  .map((pieces) => pieces.join(''));

describe('any text', () => {
  it('comes out of character data as it went in, without what XML forbids', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(parseXml(`<xml><Content>${cdata(text)}</Content></xml>`)).toEqual({
          Content: stripForbidden(text),
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('in a reply is read by the platform as that text and nothing else', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        fc.pre(stripForbidden(text) !== '');
        const xml = buildPassiveReply({ kind: 'text', text }, { to: 'o1', from: 'gh_1', createdAt: 1000 });
        expect(parsePassiveReply(xml).reply).toEqual({ kind: 'text', text: stripForbidden(text) });
      }),
    );
  });

  it('in a message from the platform is read although it is not escaped at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes(']]>') && !text.endsWith(']'));
        const body = `<xml><MsgType>text</MsgType><Content><![CDATA[${text}]]></Content></xml>`;
        expect(parseInbound(parseBody(body))).toMatchObject({ type: 'text', Content: stripForbidden(text) });
      }),
    );
  });
});

describe('any body', () => {
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    hostileText.map((text) => `<xml>${text}</xml>`),
    hostileText.map((text) => `<xml><MsgType>event</MsgType><Event>${text}</Event></xml>`),
    fc
      .array(fc.constantFrom('<xml>', '</xml>', '<a>', '</a>', '<_>', '<![CDATA[', ']]>', '{', '"', '1', '&'))
      .map((all) => all.join('')),
  );

  it('is read or refused with a protocol error', () => {
    fc.assert(
      fc.property(body, (body) => {
        expect(readOrRefusal(body)).toMatch(/^(text|event|unknown|forbidden_xml|bad_xml|bad_json)$/);
      }),
      { numRuns: 2000 },
    );
  });
});

function readOrRefusal(body: string): string {
  try {
    return parseInbound(parseBody(body)).type;
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}
