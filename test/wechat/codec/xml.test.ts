import { describe, expect, it } from '@jest/globals';
import { cdata, parseXml, stripForbidden } from '../../../src/wechat/codec/xml.js';
import { codeOf } from './code-of.js';

describe('reading XML', () => {
  it('gives texts, groups and lists', () => {
    const xml = '<xml><A><![CDATA[甲]]></A><B>&lt;乙&gt; &amp; &#20057;</B><C><D>1</D><D>2</D></C><E/></xml>';
    expect(parseXml(xml)).toEqual({ A: '甲', B: '<乙> & 乙', C: { D: ['1', '2'] }, E: '' });
  });

  it('keeps white space inside character data, and line breaks', () => {
    expect(parseXml('<xml><A><![CDATA[ a\n b ]]></A><B><![CDATA[  ]]></B></xml>')).toEqual({
      A: ' a\n b ',
      B: '  ',
    });
  });

  it('accepts a byte order mark, an XML declaration and white space around the document', () => {
    expect(parseXml('\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<xml><A>1</A></xml>\n')).toEqual({
      A: '1',
    });
  });

  it('drops the control characters that citizens send', () => {
    expect(parseXml('<xml><A><![CDATA[你\u0002好\u001d\u0000\uFFFE]]></A></xml>')).toEqual({ A: '你好' });
  });

  it('lets citizens write mark-up in their texts', () => {
    const text = '<!DOCTYPE html><!ENTITY a "b"><!-- --><script> & __proto__';
    expect(parseXml(`<xml><A><![CDATA[${text}]]></A></xml>`)).toEqual({ A: text });
  });

  it('reads the next document after a damaged one', () => {
    expect(codeOf(() => parseXml('<xml><A>1</A></xml>junk'))).toBe('bad_xml');
    expect(codeOf(() => parseXml('<xml><A>'))).toBe('bad_xml');
    expect(parseXml('<xml><A>1</A></xml>')).toEqual({ A: '1' });
  });

  it.each([
    ['a document type', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>'],
    [
      'a document type after a declaration',
      '<?xml version="1.0"?>\n<!doctype xml SYSTEM "file:///etc/passwd"><xml><A>1</A></xml>',
    ],
    ['an entity among the fields', '<xml><!ENTITY a SYSTEM "http://example.com/"><A>1</A></xml>'],
    ['a declaration after character data', '<xml><A><![CDATA[1]]></A><!DOCTYPE a></xml>'],
    ['a comment', '<xml><!-- a --><A>1</A></xml>'],
    ['an element named __proto__', '<xml><__proto__><admin>1</admin></__proto__></xml>'],
    ['an element named constructor', '<xml><A><constructor>1</constructor></A></xml>'],
    ['an element named toString', '<xml><toString>1</toString></xml>'],
  ])('refuses %s', (_name, xml) => {
    expect(codeOf(() => parseXml(xml))).toBe('forbidden_xml');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['JSON', '{"A":1}'],
    ['a word', 'success'],
    ['text after the document', '<xml><A>1</A></xml>1'],
    ['two documents', '<xml><A>1</A></xml><xml><A>1</A></xml>'],
    ['a document without fields', '<xml></xml>'],
    ['a document that is only text', '<xml>1</xml>'],
    ['a truncated document', '<xml><A><![CDATA[1]]></A><B><![CDATA[2'],
    ['a crossed document', '<xml><A><B></A></B></xml>'],
    ['an undeclared entity', '<xml><A>&a;</A></xml>'],
    ['a character reference out of range', '<xml><A>&#x110000;</A></xml>'],
    ['an element that the parser uses itself', '<xml><_>1</_></xml>'],
    ['too many elements', `<xml>${'<A/>'.repeat(1001)}</xml>`],
    ['a fault in every character', `<xml>${'&'.repeat(60_000)}`],
    ['a tower of elements within the count', `${'<a>'.repeat(18)}1${'</a>'.repeat(18)}`],
    ['a tower of elements', `${'<a>'.repeat(10_000)}1${'</a>'.repeat(10_000)}`],
  ])('refuses %s', (_name, xml) => {
    expect(codeOf(() => parseXml(xml))).toBe('bad_xml');
  });
});

describe('a refusal of XML', () => {
  it('says what the parser found, also when it came after the document', () => {
    expect(() => parseXml('<xml><A>')).toThrow(/Unclosed root tag/);
    expect(() => parseXml('<xml><A>1</A></xml>junk')).toThrow(/outside of root/);
  });
});

describe('character data', () => {
  it('cannot be closed by the text inside', () => {
    const attack = 'a]]></Content><MsgType>news</MsgType><![CDATA[';
    expect(cdata(']]>')).toBe('<![CDATA[]]]]><![CDATA[>]]>');
    expect(parseXml(`<xml><Content>${cdata(attack)}</Content></xml>`)).toEqual({ Content: attack });
  });

  it('loses what XML forbids and nothing else', () => {
    expect(stripForbidden('\u0000\t\n\r\u001f 中😀\ud83d\ufffe\ufffd')).toBe('\t\n\r 中😀\ufffd');
  });
});
