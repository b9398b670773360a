/** What staff are told about a plan, by the code of the problem. */
export const planSentences = {
  ends_before_start: () => '活动的结束时间要晚于开始时间',
  closes_before_opening: () => '报名的截止时间要晚于开始时间',
  closes_after_end: () => '报名要在活动结束以前截止',
  begins_in_past: () => '活动的开始时间已经过了',
  closed_in_past: () => '报名的截止时间已经过了',
  shift_ends_before_start: (name: string) => `「${name}」的结束时间要晚于开始时间`,
  shift_outside: (name: string) => `「${name}」的时间不在活动时间之内`,
  ages_unmet: (name: string) => `没有人符合「${name}」的年龄条件`,
  ages_gap: (from: number, to: number) =>
    `${from === to ? from : `${from}～${to}`} 岁没有可报的组，请确认是不是这样安排`,
  quota_unreachable: (sum: number, quota: number) =>
    `各组名额加起来 ${sum} 个，少于总名额 ${quota} 个，多出来的报不上`,
  quota_below_groups: (sum: number, quota: number) =>
    `各组名额加起来 ${sum} 个，多于总名额 ${quota} 个，报满 ${quota} 个为止`,
  group_id_twice: () => '两个组的编号一样',
  group_name_twice: () => '两个组的名称一样',
  question_key_twice: () => '两个问题的编号一样',
  question_label_twice: () => '两个问题的简称一样',
  number_range: (label: string) => `「${label}」的最小值不能大于最大值`,
  option_twice: (label: string) => `「${label}」有两个选项一样`,
  lots_with_approval: () => '抽签的活动不能再逐个审核，请选一种录取方式',
  lots_without_time: () => '抽签在报名截止后进行，截止时间要早于活动开始时间',
  limit_beyond_groups: (groups: number) => `每人每组只能报一次，一共 ${groups} 个组，限报次数不用更多`,
  fee_unpayable: () => '本公众号还没有开通微信支付，不能收费',
  no_refund: () => '没有退款规则：市民自己取消时一分不退',
  refund_without_fee: () => '活动不收费，退款规则用不上',
  refund_order: () => '退款规则要从提前最久的排起，每一条的时间都要比上一条短',
  refund_rises: () => '越晚取消，退的比例不能越高',
} as const;
