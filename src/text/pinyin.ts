import { pinyin } from 'pinyin-pro';

/**
 * How a text is spoken: one toneless syllable for each character (`ü` as `v`); what is no 汉字 stays itself.
 * The words around a character decide between its readings (银行 yin hang, 行驶 xing shi).
 */
export function syllablesOf(text: string): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true, toneSandhi: false });
}

/**
 * A syllable without what southern speakers do not tell apart: zh/z, ch/c, sh/s, n/l/r, f/hu, and -ng/-n.
 * Two syllables that sound alike to them become one.
 */
export function blurSyllable(syllable: string): string {
  const known = blurred.get(syllable);
  if (known !== undefined) return known;
  const blur = syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^[nr](?=[a-z])/, 'l')
    .replace(/^hu(?=[aeiou])/, 'f')
    .replace(/^hu$/, 'fu')
    .replace(/ng$/, 'n');
  if (SYLLABLE.test(syllable)) blurred.set(syllable, blur);
  return blur;
}

/** At most the four hundred syllables of Chinese. */
const blurred = new Map<string, string>();

/** Whether letters are one syllable of pinyin without a tone. */
export function isSyllable(letters: string): boolean {
  return SYLLABLE.test(letters);
}

const SYLLABLE =
  /^(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?(?:a|ai|ao|an|ang|o|ou|ong|e|ei|en|eng|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ua|uo|uai|ui|uan|un|uang|v|ve|ue)$/;
