import type { NoticeChannel } from '../notice.js';
import { deskTexts } from './desk-texts.js';

/** What the author of a plan is told, by the code of the finding. */
export const findingSentences = {
  channel_twice: (channel: NoticeChannel) => `“${deskTexts.channels[channel]}”选了两次`,
  channel_without_content: (channel: NoticeChannel) =>
    channel === 'template' || channel === 'subscription'
      ? `选了${deskTexts.channels[channel]}，还没有选模板并填写`
      : `选了${deskTexts.channels[channel]}，还没有写文字或选图片`,
  content_unused: () => '写了内容，但没有一个渠道会用到它',
  placeholder_unclosed: () => '有“{{”没有“}}”；要写花括号本身，请写成“\\{”',
  placeholder_unnamed: () => '“{{ }}”里没有写名称',
  placeholder_unknown: (name: string) => `收件人没有“${name}”这一项`,
  placeholder_in_mass: () => '群发给所有人的文字是一样的，不能有“{{ }}”',
  text_too_long: (most: number) => `文字太长，最多 ${most} 字节（约 ${Math.floor(most / 3)} 个汉字）`,
  picture_missing: () => '图片已经不在了，请重新上传',
  template_withdrawn: () => '这个模板已经不在平台上，请换一个',
  template_unchecked: () => '现在问不到平台，没能核对模板',
  field_unknown: (keyword: string) => `模板里没有“${keyword}”这一项`,
  sensitive_word: (word: string) => `有敏感词“${word}”`,
  audience_empty: () => '没有收件人',
  audience_invalid: (reason: string) => `收件人的条件有误：${reason}`,
  list_missing: () => '名单已经不在了，请重新上传',
  list_unconfirmed: () => '名单还没有确认',
  values_missing: (name: string, people: number) => `名单里有 ${people} 人没有“${name}”，他们会收不到`,
  quota_exceeded: (recipients: number, remaining: number) =>
    `今天的额度只剩 ${remaining} 条，不够发给 ${recipients} 人`,
  quota_short: (channel: NoticeChannel, remaining: number) =>
    `${deskTexts.channels[channel]}今天只剩 ${remaining} 次，用完后会等到明天，或改走下一个渠道`,
  emergency_scheduled: () => '应急推送批准后马上发出，不能定时',
  time_past: () => '定的时间已经过去，批准后会马上发出',
  quiet_hours: (until: string) => `定在免打扰时间里，会等到 ${until} 再发`,
  quiet_hours_now: (until: string) => `现在是免打扰时间，批准后会等到 ${until} 再发`,
  duplicate: (title: string) => `一天之内已有同样内容、同样收件人的推送“${title}”`,
} as const;
