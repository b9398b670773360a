import type { NoticeView } from '../../../../api-types/notices.js';
import type { Action } from '../../../shared/create-use-action.js';
import { useAccount } from '../../session/use-account.js';
import { confirm, confirmWithReason } from '../../shared/confirm.js';
import { toast } from '../../shared/toast.js';
import { useAction } from '../../shared/use-action.js';
import { cancelNotice, pauseNotice, repeatUnknown, resumeNotice, withdrawNotice } from '../notice-calls.js';

export type Control = 'pause' | 'resume' | 'cancel' | 'withdraw' | 'repeat';

const controls: Readonly<Record<NoticeView['state'], readonly Control[]>> = {
  draft: [],
  preparing: ['withdraw', 'cancel'],
  pending: ['withdraw', 'cancel'],
  scheduled: ['cancel'],
  sending: ['pause', 'cancel'],
  paused: ['resume', 'cancel', 'repeat'],
  finished: ['repeat'],
  cancelled: [],
  rejected: [],
};

/** What may be done about a notice in its state; the server decides by the same rules. */
export function controlsOf({ state }: Pick<NoticeView, 'state'>): readonly Control[] {
  return controls[state];
}

const reasonQuestions = {
  pause: { title: '暂停发送', text: '一秒内停下，已经发出的不能收回。之后可以接着发。', confirm: '暂停' },
  cancel: {
    title: '取消这条推送',
    text: '没有发出的都不再发，不能恢复；已经发出的不能收回。',
    confirm: '取消推送',
    dangerous: true,
  },
  repeat: {
    title: '再发一次',
    text: '只发给“不清楚”的人。其中有的人其实已经收到，会收到两次。请写明为什么要再发。',
    confirm: '再发一次',
    dangerous: true,
  },
} as const;

const plainQuestions = {
  resume: { title: '继续发送', text: '从停下的地方接着发，已经发出的不会重发。', confirm: '继续发送' },
  withdraw: {
    title: '撤回送审',
    text: '推送变回草稿，做过的审核作废。改好以后可以重新送审。',
    confirm: '撤回',
  },
} as const;

const deeds = { pause: pauseNotice, cancel: cancelNotice, repeat: repeatUnknown };
const plainDeeds = { resume: resumeNotice, withdraw: withdrawNotice };
const doneTexts: Readonly<Record<Control, string>> = {
  pause: '已暂停',
  resume: '接着发了',
  cancel: '已取消',
  withdraw: '已撤回，可以修改',
  repeat: '已经排上，马上发',
};

/** Stops a notice, lets it go on, or takes it back, after a question. @param done is told afterwards, also when it was too late. */
export function useControl(id: () => string, done: () => void): Action<[Control]> {
  const { accountId } = useAccount();
  return useAction(async (control: Control) => {
    const params = { accountId: accountId.value, id: id() };
    try {
      if (control === 'resume' || control === 'withdraw') {
        if (!(await confirm(plainQuestions[control]))) return;
        await plainDeeds[control]({ params });
      } else {
        const reason = await confirmWithReason(reasonQuestions[control]);
        if (reason === null) return;
        await deeds[control]({ params, body: { reason } });
      }
      toast.done(doneTexts[control]);
    } finally {
      done();
    }
  });
}
