import type { ButtonMenu, ReplyContent } from '../../../api-types/content-values.js';

export type ReplyType = ReplyContent['type'];
export type SourceStanding = Extract<ReplyContent, { type: 'guide' }>['sources'][number]['standing'];
type ButtonAction = Extract<ButtonMenu[number], { action: unknown }>['action'];

/** What a clerk calls each type of reply, in forms, lists and differences alike; so with the tables below. */
export const replyTypes: Readonly<Record<ReplyType, string>> = {
  text: '文字',
  guide: '办事指南',
  articles: '图文',
  image: '图片',
  voice: '语音',
  video: '视频',
  music: '音乐',
  transfer: '转人工',
};

/** How far a source can be relied on. */
export const sourceStandings: Readonly<Record<SourceStanding, string>> = {
  law: '法律原文',
  government: '政府网页',
  press: '媒体',
  lead: '线索，待核',
};

/** What a button does besides opening something, in the order in which it is offered. */
export const buttonActions: Readonly<Record<ButtonAction, string>> = {
  scancode_waitmsg: '扫一扫，然后回答',
  scancode_push: '扫一扫，先显示结果',
  pic_sysphoto: '拍照发送',
  pic_photo_or_album: '拍照或选图发送',
  pic_weixin: '从微信相册选图发送',
  location_select: '发送位置',
};

/** How sure it is that somebody who says so is in danger; the surest first. */
export const dangerTiers = {
  certain: '一说就是紧急',
  events: '正在发生才是紧急',
  withSign: '要有正在发生的迹象',
  doubtful: '不敢断定',
} as const;
export type DangerTier = keyof typeof dangerTiers;

export const sensitiveLists = {
  outgoing: '不得对外出现的词',
  incoming: '来信里要留意的词',
} as const;
