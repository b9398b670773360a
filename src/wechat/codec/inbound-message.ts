import type { BodyRecord } from './body.js';
import { events } from './inbound-events.js';
import { commonFields, constant, group, number, text, type Reader, type Shape } from './inbound-fields.js';

const video = { MediaId: text, ThumbMediaId: text };
const device = { DeviceType: text, DeviceID: text, SessionID: text, OpenID: text, Content: text };

/**
 * Every type of message, with the fields that it adds to the common ones, under the platform's names.
 * Source: WeChat, "接收普通消息"; file, mini-program and device messages as Senparc and WxJava read them.
 */
const messages = [
  /** bizmsgmenuid: the item, where the citizen pressed one of a menu message. */
  message('text', { Content: text, bizmsgmenuid: text }),
  message('image', { PicUrl: text, MediaId: text }),
  /** Recognition: what the platform heard. It is being retired: empty as a rule. */
  message('voice', { MediaId: text, Format: text, Recognition: text, MediaId16K: text }),
  message('video', video),
  message('shortvideo', video),
  /** Location_X is the latitude, Location_Y the longitude, in degrees (GCJ-02). */
  message('location', { Location_X: number, Location_Y: number, Scale: number, Label: text }),
  message('link', { Title: text, Description: text, Url: text }),
  message('file', { Title: text, Description: text, FileKey: text, FileMd5: text, FileTotalLen: number }),
  message('miniprogrampage', {
    Title: text,
    AppId: text,
    PagePath: text,
    ThumbUrl: text,
    ThumbMediaId: text,
  }),
  message('device_text', device),
  message('device_event', { ...device, OpType: number }),
  message('hardware', {}),
] as const;

const unknownMessage = group({ type: constant('unknown'), MsgType: text, ...commonFields });
const unknownEvent = group({
  type: constant('event'),
  event: constant('unknown'),
  Event: text,
  ...commonFields,
});

/** Every field as it came. */
interface Raw {
  raw: BodyRecord;
}

type MessageFields = ReturnType<(typeof messages)[number]['read']>;
type EventFields = ReturnType<(typeof events)[number]['read'] | typeof unknownEvent>;

/** A type that this program does not know: recorded, never an error. */
export type UnknownMessage = ReturnType<typeof unknownMessage> & Raw;
/** Likewise an event; `Event` is its name as it came. */
export type UnknownEvent = ReturnType<typeof unknownEvent> & Raw;
/** An event, told apart by `event`: its name in lower case. */
export type InboundEvent = EventFields & Raw;
/** A message or an event of the platform, told apart by `type`. Texts are '' and numbers undefined where missing. */
export type InboundMessage = (MessageFields & Raw) | InboundEvent | UnknownMessage;

const messageReaders = new Map<string, Reader<MessageFields>>(messages.map(({ type, read }) => [type, read]));
const eventReaders = new Map<string, Reader<EventFields>>(events.map(({ name, read }) => [name, read]));

/** Reads the fields of a body, from XML or JSON. Never throws: see UnknownMessage and inbound-fields.ts. */
export function parseInbound(body: BodyRecord): InboundMessage {
  return Object.assign(readerOf(body)(body), { raw: body });
}

function readerOf(body: BodyRecord): Reader<MessageFields | EventFields | ReturnType<typeof unknownMessage>> {
  const type = text(body['MsgType']).toLowerCase();
  if (type !== 'event') return messageReaders.get(type) ?? unknownMessage;
  return eventReaders.get(text(body['Event']).toLowerCase()) ?? unknownEvent;
}

function message<Type extends string, Table extends Shape>(type: Type, table: Table) {
  return { type, read: group({ type: constant(type), ...commonFields, ...table }) };
}
