import { useRouter } from 'vue-router';
import type { ActivityDetail } from '../../../../api-types/activities.js';
import { moneyInWords } from '../../../../api-types/in-words.js';
import type { Action } from '../../../shared/create-use-action.js';
import { useAccount } from '../../session/use-account.js';
import { confirm, confirmWithReason } from '../../shared/confirm.js';
import { toast } from '../../shared/toast.js';
import { useAction } from '../../shared/use-action.js';
import {
  cancelActivity,
  copyActivity,
  forecastCancellation,
  publishActivity,
  removeDraft,
} from '../activity-calls.js';

/** What can be done with an activity as a whole. */
export interface ActivityDeeds {
  publish: Action<[ActivityDetail]>;
  cancel: Action<[ActivityDetail]>;
  copy: Action<[ActivityDetail]>;
  remove: Action<[ActivityDetail]>;
}

/** @param onChanged what the page shows is not any more what there is; with the new state where it is known. */
export function useActivityDeeds(onChanged: (activity?: ActivityDetail) => void): ActivityDeeds {
  const { accountId } = useAccount();
  const router = useRouter();
  const paramsOf = ({ activityId }: ActivityDetail) => ({ accountId: accountId.value, activityId });

  return {
    publish: useAction(async (activity: ActivityDetail) => {
      try {
        const body = { baseRevision: activity.revision };
        onChanged(await publishActivity({ params: paramsOf(activity), body }));
        toast.done('已发布，市民现在可以看到');
      } catch (error) {
        onChanged();
        throw error;
      }
    }),
    cancel: useAction(async (activity: ActivityDetail) => {
      const params = paramsOf(activity);
      const { standing, refundFen } = await forecastCancellation({ params });
      const reason = await confirmWithReason({
        title: `取消“${activity.plan.title}”`,
        text: sayCancellation(standing, refundFen),
        confirm: '取消这个活动',
        dangerous: true,
        mostCharacters: 200,
      });
      if (reason === null) return;
      onChanged(await cancelActivity({ params, body: { reason } }));
      toast.done(standing === 0 ? '活动已取消' : `活动已取消，正在通知 ${standing} 人`);
    }),
    copy: useAction(async (activity: ActivityDetail) => {
      const { activityId } = await copyActivity({ params: paramsOf(activity) });
      toast.done('已复制成一份草稿，请改好时间');
      await router.push({ name: 'activity-edit', params: { accountId: accountId.value, activityId } });
    }),
    remove: useAction(async (activity: ActivityDetail) => {
      const isMeant = await confirm({
        title: `删除草稿“${activity.plan.title}”`,
        text: '还没有发布，没有市民看到过。删除后不能恢复。',
        confirm: '删除',
        dangerous: true,
      });
      if (!isMeant) return;
      await removeDraft({ params: paramsOf(activity), query: { baseRevision: activity.revision } });
      toast.done('已删除');
      await router.push({ name: 'activities', params: { accountId: accountId.value } });
    }),
  };
}

/** What whoever cancels reads before. @param refundFen what is paid back altogether. */
export function sayCancellation(standing: number, refundFen: number): string {
  const told =
    standing === 0
      ? '现在没有人报名，不用通知谁。'
      : `报了名和排着候补的 ${standing} 人会逐个收到通知，写下的理由他们看得到。`;
  const paid = refundFen === 0 ? '' : `已经付的 ${moneyInWords(refundFen)} 会全额原路退回。`;
  return `${told}${paid}取消不能恢复。`;
}
