import { Converter } from 'opencc-js/t2cn';

/**
 * Traditional characters, as written in Hong Kong and Taiwan, become simplified ones; everything else stays.
 * A text without traditional characters costs one look at each character and is returned as it is.
 * Total; takes any string.
 */
export function simplify(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index) - FIRST_HAN;
    if (code >= 0 && code < HAN_COUNT && traditional()[code] === 1) return convert(text);
  }
  return text;
}

/** The Hong Kong table knows every variant of the Taiwan one that is not also an ordinary simplified character. */
const convert = Converter({ from: 'hk', to: 'cn' });

/** The block of the common 汉字, U+4E00 to U+9FFF. */
const FIRST_HAN = 0x4e00;
const HAN_COUNT = 0x5200;

let flags: Uint8Array | undefined;

/** 1 for each 汉字 that the converter changes. Made at the first use: twenty milliseconds. */
function traditional(): Uint8Array {
  if (flags !== undefined) return flags;
  const characters = Array.from({ length: HAN_COUNT }, (_, index) => String.fromCharCode(FIRST_HAN + index));
  const simplified = convert(characters.join('\n')).split('\n');
  flags = Uint8Array.from(characters, (character, index) => (simplified[index] === character ? 0 : 1));
  return flags;
}
