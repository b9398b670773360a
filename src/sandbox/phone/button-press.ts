import { createHash } from 'node:crypto';
import type { CitizenAction } from '../../api-types/sandbox.js';
import { UserError } from '../../core/errors.js';
import type { PlatformButton, PlatformMenu } from '../account-state.js';
import { refusalTexts, sandboxTexts } from '../sandbox-texts.js';
import type { Deed } from './deed.js';
import { findPlace, pictures, places } from './offerings.js';

type ButtonAction = Extract<CitizenAction, { action: 'button' }>;

/** How the message that follows some events is made. */
export interface FollowUps {
  picture: (id: string) => Deed;
  location: (id: string) => Deed;
}

/** What a real phone's scanner would have found, where the page says nothing else. */
const defaultScan = 'https://www.meizhou.gov.cn/';

/** The event of a button, by its type. @throws UserError `unknown_button`. */
export function readButtonPress(menu: PlatformMenu, action: ButtonAction, followUps: FollowUps): Deed {
  const button = findButton(menu, action.position);
  const press = presses[button.type ?? ''];
  if (!press) throw unknownButton();
  return {
    content: { kind: 'action', text: sandboxTexts.pressed(button.name) },
    ...press(button, action, followUps),
  };
}

type Press = (button: PlatformButton, action: ButtonAction, followUps: FollowUps) => Omit<Deed, 'content'>;

const event = (name: string, key: string | undefined) => ({
  MsgType: 'event',
  Event: name,
  EventKey: key ?? '',
});

/** Only click and the scancode buttons open a service window; pages are opened behind the chat. */
const presses: Readonly<Record<string, Press>> = {
  click: ({ key }) => ({ fields: event('CLICK', key), opens: 'click' }),
  view: ({ url }) => ({ fields: event('VIEW', url), opens: null, tellsFailure: false }),
  miniprogram: ({ pagepath }) => ({
    fields: event('view_miniprogram', pagepath),
    opens: null,
    tellsFailure: false,
  }),
  scancode_push: scan('scancode_push'),
  scancode_waitmsg: scan('scancode_waitmsg'),
  pic_sysphoto: sendPictures('pic_sysphoto'),
  pic_photo_or_album: sendPictures('pic_photo_or_album'),
  pic_weixin: sendPictures('pic_weixin'),
  location_select: ({ key }, { place = places[0].id }, { location }) => {
    const { label, latitude, longitude } = findPlace(place);
    const info = { Location_X: latitude, Location_Y: longitude, Scale: 16, Label: label, Poiname: label };
    return {
      fields: { ...event('location_select', key), SendLocationInfo: info },
      opens: null,
      followedBy: [location(place)],
    };
  },
};

function scan(name: string): Press {
  return ({ key }, { scanned = defaultScan }) => ({
    fields: { ...event(name, key), ScanCodeInfo: { ScanType: 'qrcode', ScanResult: scanned } },
    opens: 'click',
  });
}

function sendPictures(name: string): Press {
  return ({ key }, { picture = pictures[0].id }, followUps) => {
    const sum = createHash('md5').update(picture).digest('hex');
    const info = { Count: 1, PicList: { item: [{ PicMd5Sum: sum }] } };
    return {
      fields: { ...event(name, key), SendPicsInfo: info },
      opens: null,
      followedBy: [followUps.picture(picture)],
    };
  };
}

function findButton(menu: PlatformMenu, position: readonly number[]): PlatformButton {
  const [first = -1, second] = position;
  const top = menu[first];
  const button = second === undefined ? top : top?.sub_button?.[second];
  if (!button) throw unknownButton();
  return button;
}

function unknownButton(): UserError {
  return new UserError('unknown_button', refusalTexts.unknownButton, { status: 404 });
}
