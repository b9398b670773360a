import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseStringPromise } from 'xml2js';
import { readFlatXml } from '../../src/wechat/codec/flat-xml.js';

/** Pieces that matter to a parser, in any order: most of what comes out is not a message at all. */
const piece = fc.oneof(
  fc.constantFrom(
    '<xml>',
    '</xml>',
    '<a>',
    '</a>',
    '<b>',
    '</b>',
    '<a/>',
    '<a b="c">',
    '<!-- c -->',
    '<?xml?>',
  ),
  fc.constantFrom(
    '<![CDATA[',
    ']]>',
    ']]',
    '>',
    '<',
    '&',
    '&amp;',
    '&#65;',
    ' ',
    '\n',
    '\r',
    '\t',
    '\u00a0',
    '\ufeff',
  ),
  fc.constantFrom(
    'x',
    '身份证',
    '😀',
    '<![CDATA[1]]>',
    '<a>1</a>',
    '<b><![CDATA[二]]></b>',
    '<c> </c>',
    '<constructor>1</constructor>',
  ),
);
const soup = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const text = fc.string({
  unit: fc.constantFrom('a', ' ', '\n', ']', '<', '>', '&', '中', '😀', '0'),
  maxLength: 20,
});
const field = fc.record({
  name: fc.constantFrom('ToUserName', 'Content', 'MsgId', 'a', 'b_1'),
  value: text,
  cdata: fc.boolean(),
});
const message = fc
  .array(field, { maxLength: 6 })
  .map(
    (fields) =>
      `<xml>${fields.map(({ name, value, cdata }) => `<${name}>${cdata ? `<![CDATA[${value}]]>` : value}</${name}>`).join('\n')}</xml>`,
  );

describe('the quick reader of flat messages', () => {
  it('reads what it reads exactly as xml2js does, and leaves the rest to it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          message,
          soup,
          soup.map((inner) => `<xml>${inner}</xml>`),
        ),
        async (xml) => {
          const quick = readFlatXml(xml);
          if (quick === undefined) return;
          expect(quick).toEqual(await parseStringPromise(xml, { explicitArray: false, explicitRoot: false }));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('reads the platform’s usual message', () => {
    const xml =
      '<xml><ToUserName><![CDATA[gh_1]]></ToUserName>\n<CreateTime>1348831860</CreateTime>\n<Content><![CDATA[a > b]]></Content></xml>';
    expect(readFlatXml(xml)).toEqual({ ToUserName: 'gh_1', CreateTime: '1348831860', Content: 'a > b' });
  });

  it.each([
    ['nested elements', '<xml><a><b>1</b></a></xml>'],
    ['a repeated element', '<xml><a>1</a><a>2</a></xml>'],
    ['an attribute', '<xml><a b="c">1</a></xml>'],
    ['an entity', '<xml><a>&amp;</a></xml>'],
    ['split CDATA', '<xml><a><![CDATA[]]]]><![CDATA[>]]></a></xml>'],
    ['an inherited name', '<xml><__proto__>1</__proto__></xml>'],
    ['a document type', '<!DOCTYPE xml><xml><a>1</a></xml>'],
    ['what follows the end', '<xml><a>1</a></xml><xml></xml>'],
    ['a truncated message', '<xml><a><![CDATA[1'],
    ['no fields', '<xml></xml>'],
  ])('leaves %s to the parser', (_name, xml) => {
    expect(readFlatXml(xml)).toBeUndefined();
  });
});
