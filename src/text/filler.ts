/**
 * A normalised text without what politeness, mood and speech add: greetings, thanks, 请问, 麻烦, 急死我了, particles at
 * the end of a clause. Never empties a text: one that is nothing else is returned as it is.
 */
export function dropFiller(text: string): string {
  const bare = text.replace(COURTESIES, ' ').replace(PARTICLES, '').replace(GAPS, ' ').trim();
  return bare === '' ? text : bare;
}

/** Whether a text is nothing but politeness and mood. */
export function isOnlyFiller(text: string): boolean {
  return text.replace(COURTESIES, ' ').replace(PARTICLES, '').trim() === '';
}

/** A little: not where 下 begins a word, as in 请问下水道. */
const A_LITTLE = '一下|下子|下(?![水载班午个面岗户雨次周月礼星属乡楼车学雪肢])|哈';

const COURTESIES = new RegExp(
  [
    '(?:你们?|您|大家)好(?=$|[^的看])',
    '(?:早上|上午|中午|下午|晚上)好',
    `(?:想|要)?(?:请问|请教|咨询|问|问问|了解)(?:${A_LITTLE})(?:子)?`,
    '请问|请教',
    `麻烦(?:您|你)?(?:们)?(?:${A_LITTLE}|了)?(?:问|帮忙|帮我)?(?:${A_LITTLE})?`,
    `打扰(?:${A_LITTLE}|了)`,
    '(?:非常|十分|真的)?(?:感谢|谢谢|多谢|谢了|唔该|劳驾|辛苦)(?:您|你|晒|啦|了)?(?:们)?',
    '拜托(?:了|啦)?|不好意思|帮帮忙',
    String.raw`在(?:不在|吗|么)(?=$|[^\p{Script=Han}])`,
    String.raw`\b(?:hi|hello|thanks|thx)\b`,
    // How somebody feels about it is not what it is about.
    '(?:真的?是?|都|快)?要?[急气烦愁吓累热冷饿困闷]都?死(?:个?人|我)?[了啦咯咗]?|急{2,}|在线等|[跪急]求|求求[你您]们?',
  ].join('|'),
  'gu',
);

/** The look-behind keeps long runs from costing n². */
const PARTICLES =
  /(?<![吗呢吧啊呀哦嘛哈哟咯啦喔噢嘞呗哩哇嗯唉诶])[吗呢吧啊呀哦嘛哈哟咯啦喔噢嘞呗哩哇嗯唉诶]+(?=$|[\s\p{P}])/gu;

const GAPS = / {2,}/g;
