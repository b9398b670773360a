import type { PhoneInput } from '../../../api-types/content-phone.js';
import type { Target } from '../../../api-types/content-values.js';
import type { LeafButton } from './edited-menu.js';

/** What a press on a phone says to the account; undefined: it opens something outside the chat. */
export function pressButton(button: LeafButton): PhoneInput | undefined {
  if ('opens' in button) return { kind: 'click', key: keyOf(button.opens) };
  if ('action' in button)
    return button.action === 'location_select'
      ? { kind: 'location', latitude: 24.2886, longitude: 116.1225, label: '广东省梅州市' }
      : { kind: 'image', mediaId: 'draft-phone', url: 'https://example.com/draft-phone.jpg' };
  return undefined;
}

/** The key that the platform sends back when the button is pressed. */
function keyOf(target: Target): string {
  if ('node' in target) return `node:${target.node}`;
  return 'reply' in target ? `reply:${target.reply}` : `form:${target.form}`;
}

/** Where such a button leads on a phone. */
export function sayOutside(button: LeafButton): string {
  if ('url' in button) return `手机上会打开网页 ${button.url}`;
  return 'miniProgram' in button ? `手机上会打开小程序 ${button.miniProgram.appId}` : '';
}
