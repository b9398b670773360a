import { describeError } from '../../core/errors.js';
import { ProtocolError } from './protocol-error.js';
import { deepestLevel, parseXml } from './xml.js';

/** The fields of a message under the platform's own names, from XML or JSON. */
export type BodyRecord = Readonly<Record<string, unknown>>;

/** JSON numbers beyond this many digits may not fit a double. */
const safeDigits = 15;
/** The strings and numbers of a JSON text; a string that never ends counts to the end of the text. */
const stringOrNumber = /"(?:[^"\\]|\\.)*(?:"|\\?$)|-?\d[\d.eE+-]*/gs;

/**
 * A body in either of the console's data formats, XML or JSON.
 * @throws ProtocolError as parseXml and parseJson do
 */
export function parseBody(text: string): BodyRecord {
  return text.trimStart().startsWith('{') ? parseJson(text) : parseXml(text);
}

/**
 * A JSON body. Long integers become strings: a MsgId has 64 bits, and a double would round it.
 * @throws ProtocolError `bad_json` unless the text is a JSON object, not too deep, without names that every object
 * inherits
 */
export function parseJson(text: string): BodyRecord {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(stringOrNumber, quoteLongInteger));
  } catch (error) {
    throw new ProtocolError('bad_json', describeError(error), { cause: error });
  }
  if (!isRecord(value)) throw new ProtocolError('bad_json', 'the body is not an object');
  if (!isHarmless(value)) throw new ProtocolError('bad_json', 'nested too deep, or a forbidden name');
  return value;
}

export function isRecord(value: unknown): value is BodyRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function quoteLongInteger(token: string): string {
  return token.length > safeDigits && /^-?\d+$/.test(token) ? `"${token}"` : token;
}

function isHarmless(value: unknown, level = 1): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (level > deepestLevel) return false;
  return Object.entries(value).every(
    ([name, child]) => !(name in Object.prototype) && isHarmless(child, level + 1),
  );
}
