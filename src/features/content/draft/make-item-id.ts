import { syllablesOf } from '../../../text/pinyin.js';

/** A permanent id that people can read: `公积金提取` becomes `gong-ji-jin-ti-qu`. */
export function makeItemId(title: string): string {
  const words = syllablesOf(title).map((syllable) => syllable.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
  const id = words
    .filter((word) => word !== '')
    .join('-')
    .slice(0, longestId)
    .replace(/-$/, '');
  return id === '' ? 'answer' : id;
}

/** Longer ones say no more. */
const longestId = 40;
