import { cdata } from '../../wechat/codec/xml.js';

/** Numbers and bigints are written bare, text as CDATA, a list as the same element again and again. */
export interface MessageFields {
  readonly [name: string]: string | number | bigint | MessageFields | readonly MessageFields[];
}

/** A message or event as the platform writes it; fields in the order given. */
export function buildMessageXml(fields: MessageFields): string {
  return `<xml>${writeFields(fields)}</xml>`;
}

/** An event of the platform about a citizen. @param now milliseconds since the epoch, UTC. */
export function buildEventXml(event: {
  account: { originalId: string };
  citizen: { openid: string };
  now: number;
  fields: MessageFields;
}): string {
  return buildMessageXml({
    ToUserName: event.account.originalId,
    FromUserName: event.citizen.openid,
    CreateTime: Math.floor(event.now / 1000),
    ...event.fields,
  });
}

function writeFields(fields: MessageFields): string {
  return Object.entries(fields)
    .map(([name, value]) => writeField(name, value))
    .join('');
}

function writeField(name: string, value: MessageFields[string]): string {
  if (isList(value)) return value.map((item) => writeField(name, item)).join('');
  return `<${name}>${writeValue(value)}</${name}>`;
}

function writeValue(value: string | number | bigint | MessageFields): string {
  if (typeof value === 'string') return cdata(value);
  return typeof value === 'object' ? writeFields(value) : String(value);
}

function isList(value: MessageFields[string]): value is readonly MessageFields[] {
  return Array.isArray(value);
}
