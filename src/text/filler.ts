/**
 * A normalised text without what politeness and speech add: greetings, thanks, 请问, 麻烦, particles at the end of a
 * clause. Never empties a text: one that is nothing else is returned as it is.
 */
export function dropFiller(text: string): string {
  const bare = text.replace(COURTESIES, ' ').replace(PARTICLES, '').replace(GAPS, ' ').trim();
  return bare === '' ? text : bare;
}

/** Whether a text is nothing but politeness. */
export function isOnlyFiller(text: string): boolean {
  return text.replace(COURTESIES, ' ').replace(PARTICLES, '').trim() === '';
}

const COURTESIES =
  /(?:你们?|您|大家)好(?=$|[^的看])|(?:早上|上午|中午|下午|晚上)好|(?:想|要)?(?:请问|请教|咨询|问|问问|了解)(?:一下|下子|下|哈)(?:子)?|请问|请教|麻烦(?:您|你)?(?:们)?(?:一下|下|了)?(?:问|帮忙|帮我)?(?:一下|下)?|打扰(?:一下|了|下)|(?:非常|十分|真的)?(?:感谢|谢谢|多谢|谢了|唔该|劳驾|辛苦)(?:您|你|晒|啦|了)?(?:们)?|拜托(?:了|啦)?|不好意思|帮帮忙|在(?:不在|吗|么)(?=$|[^\p{Script=Han}])|\b(?:hi|hello|thanks|thx)\b/gu;

/** The look-behind keeps long runs from costing n². */
const PARTICLES =
  /(?<![吗呢吧啊呀哦嘛哈哟咯啦喔噢嘞呗哩哇嗯唉诶])[吗呢吧啊呀哦嘛哈哟咯啦喔噢嘞呗哩哇嗯唉诶]+(?=$|[\s\p{P}])/gu;

const GAPS = / {2,}/g;
