import type { ChatContent, CitizenAction } from '../../api-types/sandbox.js';
import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import type { CitizenState } from '../account-state.js';
import type { Courier } from '../delivery/courier.js';
import { buildMessageXml, type MessageFields } from '../delivery/message-xml.js';
import { refusalTexts, sandboxTexts } from '../sandbox-texts.js';
import { openServiceWindow } from '../service-windows.js';
import type { World, WorldAccount } from '../world.js';
import { readButtonPress } from './button-press.js';
import type { Deed } from './deed.js';
import { findPicture, findPlace } from './offerings.js';
import { findScene, type ScannedScene } from './scanned-scene.js';
import { answerPopup, withdrawConsent } from './subscription-deeds.js';

export interface CitizenActionsOptions {
  world: World;
  courier: Courier;
  clock: Clock;
  /** The address under which an account's server can fetch a picture of the page. */
  pictureUrl: (accountId: string, file: string) => string;
}

/** Lets citizens act: each act changes the world, opens its service window and is delivered to the webhook. */
export class CitizenActions {
  readonly #options: CitizenActionsOptions;

  constructor(options: CitizenActionsOptions) {
    this.#options = options;
  }

  /** Returns at once; the delivery goes on. @throws UserError when the citizen cannot do this now. */
  perform(account: WorldAccount, citizen: CitizenState, action: CitizenAction): void {
    switch (action.action) {
      case 'follow':
        return this.#follow(account, citizen, null);
      case 'unfollow':
        return this.#unfollow(account, citizen);
      case 'scan':
        return this.#scan(account, citizen, action.scene);
      case 'repeat':
        return this.#repeat(account, citizen);
      case 'subscribe':
        return this.#do(account, citizen, answerPopup(account, citizen, action.answers));
      case 'withdraw':
        return this.#do(account, citizen, withdrawConsent(account, citizen, action.templateId));
      case 'refuse_messages':
        return this.#refuseMessages(account, citizen, action.refuse);
      case 'text':
      case 'choice':
      case 'button':
      case 'picture':
      case 'location':
        requireFollowing(citizen);
        return this.#do(account, citizen, this.#readDeed(account, action));
    }
  }

  #readDeed(
    account: WorldAccount,
    action: Extract<CitizenAction, { action: 'text' | 'choice' | 'button' | 'picture' | 'location' }>,
  ): Deed {
    switch (action.action) {
      case 'text':
        return sayText(action.text, {});
      case 'choice':
        return sayText(action.text, { bizmsgmenuid: action.id });
      case 'picture':
        return this.#sendPicture(account, action.picture);
      case 'location':
        return sendLocation(action.place);
      case 'button':
        break;
    }
    return readButtonPress(account.state.menu ?? [], action, {
      picture: (id) => this.#sendPicture(account, id),
      location: sendLocation,
    });
  }

  #follow(account: WorldAccount, citizen: CitizenState, scene: ScannedScene | null): void {
    if (citizen.following)
      throw new UserError('already_following', refusalTexts.alreadyFollowing, { status: 409 });
    citizen.following = true;
    citizen.followedAt = this.#options.clock.now();
    citizen.followScene = scene?.scene ?? null;
    this.#options.world.announceAccount(account);
    const text = scene ? sandboxTexts.followedByCode(scene.scene) : sandboxTexts.followed;
    const key: MessageFields = scene
      ? { EventKey: `qrscene_${scene.scene}`, Ticket: scene.ticket }
      : { EventKey: '' };
    this.#do(account, citizen, {
      content: { kind: 'action', text },
      fields: { MsgType: 'event', Event: 'subscribe', ...key },
      opens: 'follow',
    });
  }

  #unfollow(account: WorldAccount, citizen: CitizenState): void {
    requireFollowing(citizen);
    citizen.following = false;
    citizen.grants = [];
    this.#options.world.announceAccount(account);
    this.#do(account, citizen, {
      content: { kind: 'action', text: sandboxTexts.unfollowed },
      fields: { MsgType: 'event', Event: 'unsubscribe', EventKey: '' },
      opens: null,
      tellsFailure: false,
    });
  }

  /** A follower's scan is a SCAN event; anybody else follows through the code. */
  #scan(account: WorldAccount, citizen: CitizenState, wanted: string): void {
    const scene = findScene(account, wanted, this.#options.clock.now());
    if (!citizen.following) return this.#follow(account, citizen, scene);
    this.#do(account, citizen, {
      content: { kind: 'action', text: sandboxTexts.scanned(scene.scene) },
      fields: { MsgType: 'event', Event: 'SCAN', EventKey: scene.scene, Ticket: scene.ticket },
      opens: 'scan',
    });
  }

  #repeat(account: WorldAccount, citizen: CitizenState): void {
    if (!this.#options.courier.repeatLast(citizen)) {
      throw new UserError('nothing_to_repeat', refusalTexts.nothingToRepeat, { status: 409 });
    }
    const content: ChatContent = { kind: 'action', text: sandboxTexts.repeated };
    this.#options.world.say(account, citizen, { from: 'citizen', content });
  }

  #refuseMessages(account: WorldAccount, citizen: CitizenState, refuse: boolean): void {
    citizen.refusesMessages = refuse;
    const text = refuse ? sandboxTexts.refuses : sandboxTexts.refusesNoMore;
    this.#options.world.say(account, citizen, { from: 'citizen', content: { kind: 'action', text } });
    this.#options.world.announceAccount(account);
  }

  /** The page shows it by its path: it may know this machine by another name than the account does. */
  #sendPicture(account: WorldAccount, id: string): Deed {
    const picture = findPicture(id);
    const mediaId = `sandbox-${picture.id}-${this.#options.world.nextId()}`;
    const url = this.#options.pictureUrl(account.account.accountId, picture.file);
    return {
      content: { kind: 'image', mediaId, url: new URL(url).pathname },
      fields: { MsgType: 'image', PicUrl: url, MediaId: mediaId },
      opens: 'message',
    };
  }

  /** What somebody on the blacklist does reaches nobody. */
  #do(account: WorldAccount, citizen: CitizenState, deed: Deed): void {
    const { world, courier, clock } = this.#options;
    const now = clock.now();
    world.takeUp(account, citizen);
    if (deed.changes) world.announceAccount(account);
    if (citizen.blacklisted) {
      world.say(account, citizen, { from: 'citizen', content: deed.content });
      return;
    }
    if (deed.opens) openServiceWindow(citizen, deed.opens, now);
    citizen.lastActiveAt = now;
    const entry = world.say(account, citizen, { from: 'citizen', content: deed.content });
    const { MsgType: type, ...rest } = deed.fields;
    const isEvent = type === 'event';
    const xml = buildMessageXml({
      ToUserName: account.originalId,
      FromUserName: citizen.openid,
      CreateTime: Math.floor(now / 1000),
      MsgType: type ?? '',
      ...rest,
      ...(isEvent ? {} : { MsgId: messageId(now, entry.id) }),
    });
    const tellsFailure = deed.tellsFailure ?? true;
    courier.send({ account, citizen, entry, xml, articles: isEvent ? 8 : 1, tellsFailure });
    for (const next of deed.followedBy ?? []) this.#do(account, citizen, next);
  }
}

function requireFollowing(citizen: CitizenState): void {
  if (!citizen.following) throw new UserError('not_following', refusalTexts.notFollowing, { status: 409 });
}

function sayText(text: string, fields: MessageFields): Deed {
  return {
    content: { kind: 'text', text },
    fields: { MsgType: 'text', Content: text, ...fields },
    opens: 'message',
  };
}

function sendLocation(id: string): Deed {
  const { label, latitude, longitude } = findPlace(id);
  return {
    content: { kind: 'location', label, latitude, longitude },
    fields: { MsgType: 'location', Location_X: latitude, Location_Y: longitude, Scale: 16, Label: label },
    opens: 'message',
  };
}

/** 64 bits, beyond 2^53 as the platform's are, and unique: milliseconds, then the entry's id. */
function messageId(now: number, entryId: number): bigint {
  return BigInt(now) * 1_000_000n + BigInt(entryId % 1_000_000);
}
