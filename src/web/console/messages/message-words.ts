import type { CitizenMessageView } from '../../../api-types/messages.js';
import { formatMinute } from '../../shared/format-time.js';

export const messageKinds: Readonly<Record<CitizenMessageView['kind'], string>> = {
  message: '留言',
  correction: '纠错',
};

const unreadable = '（密钥已更换，读不出来）';
/** Characters that fit a line of the list. */
const excerptLength = 60;

export function sayText({ words }: CitizenMessageView): string {
  return words?.text ?? unreadable;
}

/** The beginning of a message, in one line. */
export function excerptOf(message: CitizenMessageView): string {
  const characters = Array.from(sayText(message).replaceAll(/\s+/g, ' '));
  if (characters.length <= excerptLength) return characters.join('');
  return `${characters.slice(0, excerptLength).join('')}…`;
}

/** Who handled it and how; empty while it waits. */
export function sayHandled({ handled }: CitizenMessageView): string {
  return handled ? `${handled.by.name} ${formatMinute(handled.at)} 处理：${handled.note}` : '';
}
