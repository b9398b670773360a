import { z } from 'zod';
import type { ChatContent } from '../../api-types/sandbox.js';
import { takeFromServiceWindow } from '../service-windows.js';
import { findFollower, readBody, type PlatformCall, type PlatformEndpoint } from './platform-call.js';
import { messageRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

export const customerServiceEndpoints: readonly PlatformEndpoint[] = [
  { method: 'POST', path: '/cgi-bin/message/custom/send', run: sendMessage },
  { method: 'POST', path: '/cgi-bin/message/custom/typing', run: setTyping },
];

const text = z.string().default('');
const sendBody = z.looseObject({ touser: z.string(), msgtype: z.string() });
const typingBody = z.object({ touser: z.string(), command: z.string() });

/** 40003 → 43004 → 43019 → what is wrong with the message → 45015 or 45047: the window is used by good messages only. */
function sendMessage(call: PlatformCall): object {
  const { touser, msgtype } = readBody(call, sendBody);
  const citizen = findFollower(call, touser);
  const read = readers[msgtype];
  if (!read) throw new PlatformRefusal(40008);
  const content = read(call);
  const window = takeFromServiceWindow(citizen, call.now);
  if (window === 'closed') throw new PlatformRefusal(45015);
  if (window === 'used_up') throw new PlatformRefusal(45047);
  call.platform.world.say(call.account, citizen, { from: 'account', via: 'customer_service', content });
  return {};
}

const textBody = z.object({ text: z.object({ content: z.string() }) });
const media = z.object({ media_id: text });
const imageBody = z.object({ image: media });
const voiceBody = z.object({ voice: media });
const videoBody = z.object({ video: z.object({ media_id: text, title: text, description: text }) });
const musicBody = z.object({
  music: z.object({ musicurl: text, title: text, description: text, thumb_media_id: text }),
});
const article = z.object({ title: text, description: text, url: text, picurl: text });
const newsBody = z.object({ news: z.object({ articles: z.array(article) }) });
const choicesBody = z.object({
  msgmenu: z.object({
    head_content: text,
    list: z.array(z.object({ id: z.coerce.string(), content: z.string() })).min(1),
    tail_content: text,
  }),
});
const miniProgramBody = z.object({
  miniprogrampage: z.object({ title: text, appid: z.string(), pagepath: z.string(), thumb_media_id: text }),
});

/** What each type of message says. */
const readers: Readonly<Record<string, (call: PlatformCall) => ChatContent>> = {
  text(call) {
    const { content } = readBody(call, textBody).text;
    if (content === '') throw new PlatformRefusal(44004);
    if (Buffer.byteLength(content) > messageRules.textBytes) throw new PlatformRefusal(45002);
    return { kind: 'text', text: content };
  },
  image(call) {
    const { media_id: mediaId } = readBody(call, imageBody).image;
    return { kind: 'image', mediaId, url: call.platform.media.urlOf(mediaId, call.now) };
  },
  voice(call) {
    const { media_id: mediaId } = readBody(call, voiceBody).voice;
    call.platform.media.urlOf(mediaId, call.now);
    return { kind: 'voice', mediaId };
  },
  video(call) {
    const { media_id: mediaId, title, description } = readBody(call, videoBody).video;
    call.platform.media.urlOf(mediaId, call.now);
    return { kind: 'video', mediaId, title, description };
  },
  music(call) {
    const { music } = readBody(call, musicBody);
    call.platform.media.urlOf(music.thumb_media_id, call.now);
    return { kind: 'music', title: music.title, description: music.description, url: music.musicurl };
  },
  news(call) {
    const { articles } = readBody(call, newsBody).news;
    if (articles.length === 0) throw new PlatformRefusal(44003);
    if (articles.length > messageRules.articles) throw new PlatformRefusal(45008);
    return {
      kind: 'articles',
      articles: articles.map(({ picurl, ...rest }) => ({ ...rest, pictureUrl: picurl || null })),
    };
  },
  msgmenu(call) {
    const { msgmenu } = readBody(call, choicesBody);
    return {
      kind: 'choices',
      head: msgmenu.head_content,
      choices: msgmenu.list.map(({ id, content }) => ({ id, text: content })),
      tail: msgmenu.tail_content,
    };
  },
  miniprogrampage(call) {
    const { miniprogrampage: page } = readBody(call, miniProgramBody);
    return { kind: 'mini_program', title: page.title, appId: page.appid, pagePath: page.pagepath };
  },
};

function setTyping(call: PlatformCall): object {
  const { touser, command } = readBody(call, typingBody);
  const citizen = findFollower(call, touser);
  const { now, platform } = call;
  if (command === 'CancelTyping') {
    platform.world.setTyping(call.account, citizen, 0);
    return {};
  }
  if (command !== 'Typing') throw new PlatformRefusal(45072);
  if (now - citizen.lastActiveAt > messageRules.typingAfterMs) throw new PlatformRefusal(45080);
  if (now < citizen.typingUntil) throw new PlatformRefusal(45081);
  platform.world.setTyping(call.account, citizen, now + messageRules.typingMs);
  return {};
}
