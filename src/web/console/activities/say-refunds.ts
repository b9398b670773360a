import type { ActivityPlanWire } from '../../../api-types/activities.js';
import { moneyInWords } from '../../../api-types/in-words.js';

type RefundRule = ActivityPlanWire['refundRules'][number];

/**
 * What whoever cancels gets back, as one sentence with the amounts of an example: `提前 48 小时以上取消退 100%（¥10.00），…`.
 * @param feeFen of the example.
 */
export function sayRefunds(rules: readonly RefundRule[], feeFen: number): string {
  if (feeFen === 0) return '不收费，没有退款。';
  const sorted = rules.toSorted((one, other) => other.hoursBefore - one.hoursBefore);
  const last = sorted.at(-1);
  if (!last) return '市民自己取消，费用不退。';
  const parts = sorted.map(({ hoursBefore, percent }, index) => {
    const longer = sorted[index - 1];
    const share = percent === 0 ? '不退' : `退 ${percent}%（${moneyInWords(refundOf(feeFen, percent))}）`;
    return `${sayWhen(hoursBefore, longer?.hoursBefore)}取消${share}`;
  });
  const rest = last.hoursBefore === 0 ? [] : [`开始前不到 ${sayHours(last.hoursBefore)}取消不退`];
  return `${[...parts, ...rest].join('，')}。`;
}

/** In fen, rounded as it is when it is paid back. */
function refundOf(feeFen: number, percent: number): number {
  return Math.round((feeFen * percent) / 100);
}

function sayWhen(from: number, to: number | undefined): string {
  if (to !== undefined)
    return from === 0 ? `不到 ${sayHours(to)}` : `${sayHours(from)}到 ${sayHours(to)}之间`;
  return from === 0 ? '开始前任何时候' : `提前 ${sayHours(from)}以上`;
}

/** `48 小时 `, `3 天 `: followed by a word. */
function sayHours(hours: number): string {
  return hours >= 72 && hours % 24 === 0 ? `${hours / 24} 天` : `${hours} 小时`;
}
