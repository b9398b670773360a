import type { SynchronisationView, TaggingView } from '../../../../api-types/audience.js';

type Step = SynchronisationView['step'];

export const stepNames: Readonly<Record<Step, string>> = {
  list: '正在取关注名单',
  leavers: '正在核对取消关注的人',
  details: '正在取标签和关注日期',
  blocked: '正在核对黑名单',
  end: '马上做完',
};

/** What share of a synchronisation is done, 0–100: fetching the list is quick, the details take most of the time. */
export function shareOfSynchronisation({ step, total, listed, detailed }: SynchronisationView): number {
  if (step === 'blocked' || step === 'end') return 99;
  const part = (done: number) => (total === 0 ? 0 : Math.min(1, done / total));
  return Math.floor(step === 'list' ? part(listed) * 15 : 15 + part(detailed) * 83);
}

export function shareOfTagging({
  total,
  changed,
  skipped,
}: Pick<TaggingView, 'total' | 'changed' | 'skipped'>): number {
  return total === 0 ? 0 : Math.min(100, Math.floor(((changed + skipped) / total) * 100));
}

const failures: Readonly<Record<string, string>> = {
  no_platform_account: '这个公众号还没有接到微信平台',
  rate: '平台今天的次数用完了，明天再来',
  quota: '平台今天的次数用完了，明天再来',
};

/** Why a run failed, and what to do. */
export function sayFailure(failure: string | null): string {
  return failures[failure ?? ''] ?? `平台没有答应（${failure ?? '原因不明'}），请过一会儿再试`;
}
