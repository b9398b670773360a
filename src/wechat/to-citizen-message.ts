import { hash } from 'node:crypto';
import type { CitizenInput, CitizenMessage } from '../core/messages.js';
import { ownCopy } from '../core/own-copy.js';
import { isRecord, type BodyRecord } from './codec/body.js';
import type { InboundEvent, InboundMessage } from './codec/inbound-message.js';

/** Fields that are in the key already, are the same in every message, or differ when a message is sent again. */
const undigestedFields = new Set(['ToUserName', 'FromUserName', 'CreateTime', 'MsgType', 'Event', 'Encrypt']);
/** 22 characters of base64url hold 132 bits. */
const digestLength = 22;

/**
 * A platform message in words that know no channel.
 * `sentAt` is the platform's CreateTime, 0 where it is missing.
 */
export function toCitizenMessage(accountId: string, inbound: InboundMessage): CitizenMessage {
  return {
    accountId,
    openid: ownCopy(inbound.FromUserName),
    key: keyOf(inbound),
    sentAt: (inbound.CreateTime ?? 0) * 1000,
    input: inputOf(inbound),
    raw: inbound.raw,
  };
}

/**
 * The platform's own key of an event, sender and second, swallows events that differ: thirteen mass-send reports
 * arrive in one second, and a scan with the follow that it caused. Hence the digest of everything else.
 */
function keyOf(inbound: InboundMessage): string {
  const second = inbound.CreateTime ?? 0;
  if (inbound.type === 'event') return `e:${second}:${eventName(inbound)}:${digest(inbound.raw)}`;
  return inbound.MsgId ? `m:${inbound.MsgId}` : `d:${second}:${digest(inbound.raw)}`;
}

function inputOf(inbound: InboundMessage): CitizenInput {
  switch (inbound.type) {
    case 'text':
      return { kind: 'text', text: inbound.Content };
    case 'image':
      return { kind: 'image', mediaId: inbound.MediaId, url: inbound.PicUrl };
    case 'voice':
      return voiceOf(inbound);
    case 'video':
    case 'shortvideo':
      return { kind: 'video', mediaId: inbound.MediaId, thumbMediaId: inbound.ThumbMediaId };
    case 'location':
      return locationOf(inbound);
    case 'link':
      return { kind: 'link', title: inbound.Title, url: inbound.Url };
    case 'event':
      return eventInputOf(inbound);
    case 'unknown':
      return notification(inbound.MsgType.toLowerCase());
    case 'file':
    case 'miniprogrampage':
    case 'device_text':
    case 'device_event':
    case 'hardware':
      break;
  }
  return notification(inbound.type);
}

function voiceOf(inbound: Extract<InboundMessage, { type: 'voice' }>): CitizenInput {
  const voice = { kind: 'voice', mediaId: inbound.MediaId, format: inbound.Format } as const;
  return inbound.Recognition ? { ...voice, recognition: inbound.Recognition } : voice;
}

function locationOf(inbound: Extract<InboundMessage, { type: 'location' }>): CitizenInput {
  const { Location_X: latitude, Location_Y: longitude, Label: label } = inbound;
  if (latitude === undefined || longitude === undefined) return notification('location');
  return { kind: 'location', latitude, longitude, label };
}

function eventInputOf(inbound: InboundEvent): CitizenInput {
  if (inbound.event === 'subscribe') return follow(inbound.EventKey);
  if (inbound.event === 'unsubscribe') return { kind: 'unfollow' };
  if (inbound.event === 'scan') return { kind: 'scan', scene: inbound.EventKey };
  // Not the picture and location buttons: what they collect follows as a message, and that is answered.
  if (
    inbound.event === 'click' ||
    inbound.event === 'scancode_push' ||
    inbound.event === 'scancode_waitmsg'
  ) {
    if (inbound.EventKey) return { kind: 'click', key: inbound.EventKey };
  }
  return notification(eventName(inbound));
}

/** EventKey: `qrscene_<scene>` after a QR code, `last_trade_no_<id>` after a payment. */
function follow(eventKey: string): CitizenInput {
  const scene = /^qrscene_(.+)$/s.exec(eventKey)?.[1];
  return scene === undefined ? { kind: 'follow' } : { kind: 'follow', scene };
}

function notification(name: string): CitizenInput {
  return { kind: 'notification', name };
}

function eventName(inbound: InboundEvent): string {
  return inbound.event === 'unknown' ? inbound.Event.toLowerCase() : inbound.event;
}

function digest(raw: BodyRecord): string {
  const fields = Object.entries(raw).filter(([name]) => !undigestedFields.has(name));
  const canonical = JSON.stringify(sortNames(Object.fromEntries(fields)));
  return hash('sha256', canonical, 'base64url').slice(0, digestLength);
}

function sortNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortNames);
  if (!isRecord(value)) return value;
  return Object.keys(value)
    .sort()
    .map((name) => [name, sortNames(value[name])]);
}
