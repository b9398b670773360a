/**
 * How the fields of an incoming message are read. Nothing here refuses or throws: what the platform leaves out or
 * sends in an odd form becomes an empty text, no number, or an empty list, because an answer that fails makes the
 * platform tell the citizen that the account is out of order. Types follow from the tables, so that no field is
 * written down twice.
 */
import { isRecord } from './body.js';

/** Reads one field from what the body holds under its name, undefined where the name is missing. */
export type Reader<Value> = (value: unknown) => Value;
/** The fields of a message, by the platform's names. */
export type Shape = Readonly<Record<string, Reader<unknown>>>;
export type Fields<Table extends Shape> = { [Name in keyof Table]: ReturnType<Table[Name]> };

/** A text, '' where it is missing. Also every 64-bit id: a double would round it. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? text(value[0]) : '';
}

/** A number, undefined where it is missing or none. */
export function number(value: unknown): number | undefined {
  const digits = text(value).trim();
  const parsed = Number(digits);
  return digits !== '' && Number.isFinite(parsed) ? parsed : undefined;
}

/** Not read from the message: the mark that tells messages apart. */
export function constant<const Value extends string>(value: Value): Reader<Value> {
  return () => value;
}

/** Nested fields, each missing where the group is. */
export function group<Table extends Shape>(table: Table): Reader<Fields<Table>>;
export function group(table: Shape): Reader<Record<string, unknown>> {
  const readers = Object.entries(table);
  return (value) => {
    const record = isRecord(value) ? value : {};
    const fields: Record<string, unknown> = {};
    for (const [name, read] of readers) fields[name] = read(record[name]);
    return fields;
  };
}

/** What every message and event carries; MsgId is empty on events. CreateTime is in seconds since the epoch. */
export const commonFields = {
  ToUserName: text,
  FromUserName: text,
  CreateTime: number,
  MsgId: text,
  /** With Idx: the article that the message was sent from. */
  MsgDataId: text,
  Idx: text,
};

/**
 * A list of any length. XML gives nothing for none and no list for one; the platform wraps some lists in elements
 * named `item`, and now and then repeats the wrapper instead.
 */
export function list<Item>(item: Reader<Item>): Reader<Item[]> {
  return (value) => itemsOf(value).map((each) => item(each));
}

function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(itemsOf);
  if (isRecord(value)) return 'item' in value ? itemsOf(value['item']) : [value];
  return text(value).trim() === '' ? [] : [value];
}
