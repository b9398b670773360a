/** Crockford's base32: no I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bodyLength = 9;

/**
 * The short code of a ticket: nine random characters (45 bits) and one that checks them.
 * @param bytes nine random ones.
 */
export function makeTicketCode(bytes: Uint8Array): string {
  const body = Array.from(bytes.subarray(0, bodyLength), (byte) => alphabet[byte % alphabet.length]).join('');
  return body + checkCharacterOf(body);
}

/** The code as it is kept, however it was typed; null: no ticket has this one. */
export function readTicketCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{10}$/.test(code)) return null;
  return checkCharacterOf(code.slice(0, bodyLength)) === code.at(-1) ? code : null;
}

/**
 * Luhn's algorithm with 32 digits: finds every wrong character, and two that were swapped, save `0` with `Z`.
 * (Crockford's own check character takes five more signs, which nobody can type.)
 */
function checkCharacterOf(body: string): string {
  let sum = 0;
  for (let at = 0; at < body.length; at += 1) {
    const value = alphabet.indexOf(body.charAt(at)) * ((body.length - at) % 2 === 1 ? 2 : 1);
    sum += Math.floor(value / alphabet.length) + (value % alphabet.length);
  }
  return alphabet[(alphabet.length - (sum % alphabet.length)) % alphabet.length] ?? '';
}
