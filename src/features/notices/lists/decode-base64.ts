import { createBreather } from '../../../core/breather.js';

/** Letters that are decoded at a time; a multiple of four, so that each piece ends where a byte ends. */
const pieceLetters = 4 * 1_024 * 1_024;

/** The bytes of a long text in base64, without holding up everything else. */
export async function decodeBase64(text: string): Promise<Buffer> {
  const breathe = createBreather(0);
  const pieces: Buffer[] = [];
  for (let from = 0; from < text.length; from += pieceLetters) {
    await breathe();
    pieces.push(Buffer.from(text.slice(from, from + pieceLetters), 'base64'));
  }
  return Buffer.concat(pieces);
}
