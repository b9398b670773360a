import type { z } from 'zod';
import { canonicalJson } from '../../../core/canonical-json.js';

type Json = z.core.util.JSONType;

/** One difference between two values of JSON. */
export interface ValueChange {
  op: 'added' | 'removed' | 'changed';
  /** From the value to the place: `['steps', 2]`. The position in a list is that of `after`; of `before` if removed. */
  path: readonly (string | number)[];
  before?: Json;
  after?: Json;
}

/**
 * What turns `before` into `after`, each sentence by itself; undefined stands for nothing at all. Carried out one
 * after another, the changes do so: in a list, what is removed goes first, from the end; then what is added, from
 * the beginning; then what is changed.
 */
export function diffValues(before: Json | undefined, after: Json | undefined): ValueChange[] {
  return [...diff(before, after, [])];
}

function* diff(
  before: Json | undefined,
  after: Json | undefined,
  path: ValueChange['path'],
): Generator<ValueChange> {
  if (before === undefined) {
    if (after !== undefined) yield { op: 'added', path, after };
  } else if (after === undefined) {
    yield { op: 'removed', path, before };
  } else if (Array.isArray(before) && Array.isArray(after)) {
    yield* diffLists(before, after, path);
  } else if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* diff(ownValue(before, key), ownValue(after, key), [...path, key]);
    }
  } else if (canonicalJson(before) !== canonicalJson(after)) {
    yield { op: 'changed', path, before, after };
  }
}

function isRecord(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field may be called `valueOf` or `constructor`, which every object inherits. */
function ownValue(record: Record<string, Json>, key: string): Json | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** What stands between two sentences that stayed is taken as changed, one by one; the rest as removed or added. */
function* diffLists(before: Json[], after: Json[], path: ValueChange['path']): Generator<ValueChange> {
  const changed: [number, number][] = [];
  const removed: number[] = [];
  const added: number[] = [];
  let [from, to] = [0, 0];
  for (const [kept, keptNow] of [...findKept(before, after), [before.length, after.length] as const]) {
    for (; from < kept && to < keptNow; from += 1, to += 1) changed.push([from, to]);
    for (; from < kept; from += 1) removed.push(from);
    for (; to < keptNow; to += 1) added.push(to);
    [from, to] = [kept + 1, keptNow + 1];
  }
  for (const index of removed.reverse()) yield* diff(before[index], undefined, [...path, index]);
  for (const index of added) yield* diff(undefined, after[index], [...path, index]);
  for (const [index, now] of changed) yield* diff(before[index], after[now], [...path, now]);
}

/** Positions, in both lists, of elements that stayed: a longest common subsequence. */
function findKept(before: readonly Json[], after: readonly Json[]): (readonly [number, number])[] {
  const olds = before.map(canonicalJson);
  const news = after.map(canonicalJson);
  const head = countCommon(olds, news);
  const tail = countCommon(olds.slice(head).reverse(), news.slice(head).reverse());
  const [oldEnd, newEnd] = [olds.length - tail, news.length - tail];
  const middle = commonSubsequence(olds.slice(head, oldEnd), news.slice(head, newEnd));
  return [
    ...Array.from({ length: head }, (_, index) => [index, index] as const),
    ...middle.map(([from, to]) => [head + from, head + to] as const),
    ...Array.from({ length: tail }, (_, index) => [oldEnd + index, newEnd + index] as const),
  ];
}

function countCommon(one: readonly string[], other: readonly string[]): number {
  const limit = Math.min(one.length, other.length);
  let count = 0;
  while (count < limit && one[count] === other[count]) count += 1;
  return count;
}

/** Above this the table would take longer than messages may wait: then the lists are compared place by place. */
const largestTable = 250_000;

function commonSubsequence(one: readonly string[], other: readonly string[]): (readonly [number, number])[] {
  if (one.length === 0 || other.length === 0 || one.length * other.length > largestTable) return [];
  const width = other.length + 1;
  // lengths[i * width + j]: the longest subsequence that the ends from i and from j have in common.
  const lengths = new Uint32Array((one.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        one[i] === other[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const kept: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < one.length && j < other.length;) {
    if (one[i] === other[j]) kept.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return kept;
}
