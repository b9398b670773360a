import type { RegistrationState } from '../registration.js';

const states: Readonly<Record<RegistrationState, string>> = {
  applied: '待审核或待抽签',
  held: '待付款',
  waiting: '候补中',
  offered: '待接受',
  confirmed: '已报名',
  arrived: '已入场',
  unsuccessful: '未通过或未中签',
  cancelled: '已取消',
  closed: '活动取消',
  lapsed: '已过期',
};

/** What staff read in the spreadsheet of an activity. */
export const officeTexts = {
  states,
  sheet: '报名名单',
  title: (activity: string, day: string) => `${activity}报名名单${day}`,
  columns: [
    '组别',
    '状态',
    '姓名',
    '身份证号',
    '手机号',
    '学校',
    '区县',
    '费用',
    '报名时间',
    '入场时间',
    '抽签号',
    '结束原因',
  ],
} as const;
