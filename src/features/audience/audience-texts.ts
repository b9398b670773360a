/** What staff read about tags and segments, and what citizens read about their district. */
export const audienceTexts = {
  faults: {
    unknown_tag: '没有这个标签，可能已被删除',
    unknown_service: '没有这项预约业务',
    unknown_venue: '没有这个大厅',
    unknown_district: '区县列表里没有这一个',
    from_after_to: '结束日期早于开始日期',
    no_limit: '开始和结束日期至少填一个',
    empty_list: '请至少选一项',
  },
  badRules: (count: number) => `分组条件有 ${count} 处没有填对`,
  noSuchSegment: '没有这个分组，可能已被删除',
  nameTaken: (name: string) => `已经有叫“${name}”的分组`,
  changedBy: (name: string) => `${name} 刚刚改过，请对照后再保存`,
  emptySegment: '没有符合这些条件的粉丝',
  alreadySynchronising: '正在同步粉丝，请等它结束',
  alreadyTagging: '这个标签正在批量修改，请等它结束',
  tagNameInvalid: '标签名最多 30 个字节（10 个汉字）',
  tagOfPlatform: '这是微信自带的标签，不能改',
  tagUnknown: '没有这个标签，可能已被删除',
  districtTwice: (name: string) => `“${name}”写了两次`,
  weeklyJob: '每周自动同步',
} as const;

/** For citizens. */
export const districtTexts = {
  none: '现在没有可以选的区县，请过些时候再来。',
  isCurrent: '现在的选择',
  forget: '不再记录',
  gone: '这个区县现在选不了，请重新选。',
  kept: (district: string) => `记下了：${district}。换了地方，回复“我的区县”随时可以改。`,
  forgotten: '好的，已经删掉，不再记录您的区县。',
} as const;

/** What notices may call by name. */
export const placeholderNames = {
  district: '区县',
  service: '预约事项',
  venue: '预约地点',
  time: '预约时间',
} as const;
