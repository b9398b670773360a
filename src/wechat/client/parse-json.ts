/** A JSON string, which is left alone, or a number. Strings come first so that digits inside them are no numbers. */
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const integer = /^-?\d+$/;

/**
 * JSON.parse, except that an integer beyond ±(2^53 − 1) becomes a string of its digits: the platform's 64-bit ids
 * (`msgid`, `msg_id`, `msg_data_id`) would otherwise be rounded.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  // The smallest integer that loses digits has sixteen of them; most answers hold none and skip the rewriting.
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(
    text.replace(stringOrNumber, (token) =>
      integer.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
    ),
  );
}
