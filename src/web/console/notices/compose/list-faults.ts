import type { RecipientListView } from '../../../../api-types/notices.js';

/** Where a list stands: its columns are wrong, its rows wait for a confirmation, or it can be used. */
export function stageOfList(list: RecipientListView): 'columns' | 'rows' | 'confirmed' {
  if (list.columnFaults.length > 0) return 'columns';
  return list.confirmed ? 'confirmed' : 'rows';
}

const faultNames: Readonly<Record<string, string>> = {
  openid_malformed: '编号格式不对',
  openid_missing: '没有编号',
  openid_unknown: '公众号不认识的人',
  not_following: '已经取消关注',
  openid_twice: '重复的人',
  duplicate: '重复的人',
  value_missing: '缺内容',
  value_too_long: '内容太长',
};

/** `重复的人 3 行，已经取消关注 12 行`, the most frequent first. */
export function sumUpFaults({
  faultCounts,
  rowFaults,
}: Pick<RecipientListView, 'faultCounts' | 'rowFaults'>): string {
  return Object.entries(faultCounts)
    .toSorted(([, one], [, other]) => other - one)
    .map(([code, count]) => `${nameOf(code, rowFaults)} ${count.toLocaleString('zh-CN')} 行`)
    .join('，');
}

/** What the button says with which somebody agrees to go on. */
export function sayConfirmation({ rows, usable }: Pick<RecipientListView, 'rows' | 'usable'>): string {
  const people = usable.toLocaleString('zh-CN');
  return rows === usable
    ? `名单没有问题，就用这 ${people} 人`
    : `去掉有问题的 ${(rows - usable).toLocaleString('zh-CN')} 行，就用这 ${people} 人`;
}

function nameOf(code: string, rowFaults: RecipientListView['rowFaults']): string {
  return faultNames[code] ?? rowFaults.find((fault) => fault.code === code)?.message ?? code;
}
