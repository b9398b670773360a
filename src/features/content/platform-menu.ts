import { buttonKey } from '../../dialog/button-key.js';
import type { ButtonMenu } from '../../dialog/content-model.js';

/** The body of the platform's `menu/create`; field names are its own. */
export interface PlatformMenu {
  button: (PlatformButton | { name: string; sub_button: PlatformButton[] })[];
}

export type PlatformButton =
  | { name: string; type: 'view'; url: string }
  | { name: string; type: 'miniprogram'; appid: string; pagepath: string; url: string }
  | { name: string; type: 'click' | Extract<LeafButton, { action: string }>['action']; key: string };

type LeafButton = Exclude<ButtonMenu[number], { buttons: unknown }>;

/** The bottom menu in the platform's words; the linter has checked the platform's limits. */
export function toPlatformMenu(buttons: ButtonMenu): PlatformMenu {
  return {
    button: buttons.map((button) =>
      'buttons' in button
        ? { name: button.name, sub_button: button.buttons.map(toPlatformButton) }
        : toPlatformButton(button),
    ),
  };
}

function toPlatformButton(button: LeafButton): PlatformButton {
  const { name } = button;
  if ('url' in button) return { name, type: 'view', url: button.url };
  if ('opens' in button) {
    return { name, type: 'action' in button ? button.action : 'click', key: buttonKey(button.opens) };
  }
  if ('action' in button) return { name, type: button.action, key: button.action };
  const { appId, pagePath, fallbackUrl } = button.miniProgram;
  return { name, type: 'miniprogram', appid: appId, pagepath: pagePath, url: fallbackUrl };
}
