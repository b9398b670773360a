import { Parser } from 'xml2js';
import { describeError } from '../../core/errors.js';
import { readFlatXml } from './flat-xml.js';
import { ProtocolError } from './protocol-error.js';

/** The children of an element by name: text, nested elements, or a list where a name occurs more than once. */
export interface XmlRecord {
  readonly [name: string]: XmlValue;
}
export type XmlValue = string | XmlRecord | readonly XmlValue[];

/** More levels than any body has: the platform's deepest, a mass-send report, has 5. */
export const deepestLevel = 16;
/** Likewise: that report has about a hundred. */
const mostElements = 1000;
const forbiddenCharacters = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** A quick look for nearly all of the above; lone surrogates are no concern of text decoded from UTF-8. */
const controlCharacter = /[\0-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

const options = { explicitArray: false, explicitRoot: false, ignoreAttrs: true };

/**
 * The fields of a message. Characters that XML forbids are dropped first: citizens do send them, and the platform
 * passes them on. Attributes are ignored.
 * @throws ProtocolError `forbidden_xml` for document types, entities, comments, and element names that every
 * object inherits; `bad_xml` for anything that is not one well-formed document with fields.
 */
export function parseXml(text: string): XmlRecord {
  const clean = controlCharacter.test(text) ? stripForbidden(text) : text;
  const flat = readFlatXml(clean);
  if (flat) return flat;
  if (holdsDeclaration(clean)) throw new ProtocolError('forbidden_xml', 'declarations are refused');
  const root = parseElements(clean);
  if (!isXmlRecord(root)) throw new ProtocolError('bad_xml', 'no fields, or nested too deep');
  return root;
}

/** The root's content. Ends at the first fault: the parser would go on, and make an error of every character. */
function parseElements(text: string): unknown {
  let elements = 0;
  const admit = (name: string): string => {
    elements += 1;
    if (elements > mostElements) throw new ProtocolError('bad_xml', 'too many elements');
    if (name in Object.prototype) throw new ProtocolError('forbidden_xml', `an element is named ${name}`);
    return name;
  };
  // A new parser each time: one that has met an error, or text after the root, stays damaged.
  const parser = new Parser({ ...options, tagNameProcessors: [admit] });
  let root: unknown;
  let failure: unknown;
  parser.on('end', (result: unknown) => (root = result));
  parser.on('error', (error: unknown) => {
    failure = error;
    throw error;
  });
  try {
    parser.parseString(text);
  } catch (error) {
    failure = error;
  }
  if (failure instanceof ProtocolError) throw failure;
  if (failure) throw new ProtocolError('bad_xml', describeError(failure), { cause: failure });
  return root;
}

/** `text` as the content of an element, so that nothing in it can be read as mark-up. */
export function cdata(text: string): string {
  return `<![CDATA[${stripForbidden(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** Without the characters that no XML document may hold: most control characters and lone surrogates. */
export function stripForbidden(text: string): string {
  return text.replace(forbiddenCharacters, '');
}

/** Whether `<!` occurs outside the character data, where citizens may write what they like. */
function holdsDeclaration(text: string): boolean {
  let at = text.indexOf('<!');
  while (at !== -1) {
    if (!text.startsWith('<![CDATA[', at)) return true;
    const end = text.indexOf(']]>', at);
    if (end === -1) return false;
    at = text.indexOf('<!', end);
  }
  return false;
}

function isXmlRecord(value: unknown, level = 1): value is XmlRecord {
  if (typeof value !== 'object' || value === null || level > deepestLevel) return false;
  return Object.values(value).every((child) => typeof child === 'string' || isXmlRecord(child, level + 1));
}
