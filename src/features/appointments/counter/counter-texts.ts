import type { AppointmentState } from '../appointment.js';

/** What the counter and its tables say. */
export const counterTexts = {
  dayTitle: (day: string) => `预约名单 ${day}`,
  figuresTitle: (from: string, to: string) => `预约统计 ${from} 至 ${to}`,
  dayColumns: ['时间', '事项', '大厅', '状态', '姓名', '身份证号', '电话', '签到时间', '备注'],
  figuresColumns: [
    '日期',
    '事项',
    '大厅',
    '名额',
    '已约',
    '已到',
    '爽约',
    '取消',
    '利用率（%）',
    '爽约率（%）',
  ],
  waiting: '候补',
  override: (reason: string) => `窗口加约：${reason}`,
  excused: '爽约已免记',
  states: {
    held: '填写中',
    waiting: '候补中',
    offered: '待接受',
    booked: '已预约',
    arrived: '已签到',
    missed: '爽约',
    cancelled: '已取消',
    closed: '已关闭',
    lapsed: '已过期',
  } satisfies Record<AppointmentState, string>,
} as const;
