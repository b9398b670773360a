/** What the simulated platform says to a citizen. */
export const sandboxTexts = {
  /** WeChat's own words when nothing came within 5 s, or when what came was no reply. */
  noAnswer: '该公众号暂时无法提供服务，请稍后再试',
  badAnswer: '该公众号提供的服务出现故障，请稍后再试',
  transferred: '已转接人工客服',
  followed: '关注了公众号',
  followedByCode: (scene: string) => `扫码关注了公众号（${scene}）`,
  unfollowed: '取消了关注',
  scanned: (scene: string) => `扫了二维码（${scene}）`,
  pressed: (name: string) => `按下「${name}」`,
  repeated: '原样重发了上一条',
  subscribed: (accepted: number, refused: number) => `订阅通知弹窗：允许 ${accepted} 项，拒绝 ${refused} 项`,
  withdrawn: (title: string) => `取消订阅「${title}」`,
  refuses: '关闭了公众号的消息通知',
  refusesNoMore: '打开了公众号的消息通知',
  starredTag: '星标组',
  massArticle: '群发图文',
  massCard: '群发卡券',
  followerName: (ordinal: number) => `市民${ordinal}`,
} as const;

interface TemplateWords {
  libraryId: string;
  title: string;
  /** Keyword, name, example. */
  fields: readonly string[];
}

const templates: readonly TemplateWords[] = [
  {
    libraryId: 'service-reminder',
    title: '业务办理提醒',
    fields: [
      'thing1 业务名称 居民身份证换领',
      'phrase2 办理状态 已制证',
      'time3 办理时间 2026年3月2日 10:00',
      'thing4 温馨提示 请凭领证回执领取',
    ],
  },
  {
    libraryId: 'service-interruption',
    title: '服务中断通知',
    fields: [
      'thing1 中断服务 户政窗口',
      'thing2 影响地点 市局办证大厅',
      'time3 中断时间 2026年3月2日 10:00',
      'thing4 说明 系统升级，下午恢复',
    ],
  },
  {
    libraryId: 'safety-warning',
    title: '安全预警通知',
    fields: ['thing1 预警内容 台风蓝色预警', 'thing2 影响范围 梅江区', 'time3 发布时间 2026年3月2日 10:00'],
  },
];

const subscriptions: readonly (TemplateWords & { kind: 'one_time' | 'long_term' })[] = [
  {
    libraryId: 'progress-notice',
    title: '办理进度通知',
    kind: 'one_time',
    fields: [
      'thing1 办理事项 港澳通行证签注',
      'phrase2 当前进度 已办结',
      'time3 更新时间 2026年3月2日 10:00',
    ],
  },
  {
    libraryId: 'public-safety-notice',
    title: '公共安全提示',
    kind: 'long_term',
    fields: ['thing1 提示内容 江滨路临时封闭', 'thing2 地点 梅江区江滨路', 'time3 时间 2026年3月2日 10:00'],
  },
];

/** The templates of the simulated library. */
export const firstTemplateTexts = {
  templates,
  subscriptions,
  appointment: {
    title: '预约通知',
    names: { service: '办理事项', venue: '办理地点', time: '预约时间', note: '温馨提示' },
    examples: {
      service: '身份证换领',
      venue: '市局办证大厅',
      time: '2026年3月2日 10:00',
      note: '请带齐材料',
    },
  },
  activity: {
    title: '活动通知',
    names: { activity: '活动名称', place: '活动地点', time: '活动时间', note: '温馨提示' },
    examples: {
      activity: '警营开放日',
      place: '市公安局',
      time: '2026年3月7日 09:00',
      note: '明天开始，请按时到场',
    },
  },
} as const;

/** Why the phone page's request is refused. */
export const refusalTexts = {
  unknownAccount: '没有这个公众号',
  unknownCitizen: '没有这位市民',
  notFollowing: '请先关注公众号',
  alreadyFollowing: '已经关注了',
  unknownButton: '菜单里没有这个按钮',
  unknownPicture: '没有这张图片',
  unknownPlace: '没有这个地点',
  expiredCode: '二维码已过期',
  nothingToRepeat: '还没有可以重发的消息',
  unknownTemplate: '公众号没有这个订阅模板',
  unknownMedia: '没有这份素材，或已过期',
  badRequest: '请求的内容不对',
  localOnly: '沙箱只允许在本机使用',
} as const;

/** The simulated sign-in page of web authorization. */
export const authorizeTexts = {
  title: '沙箱：微信网页授权',
  intro: (account: string) => `有网页要用微信登录“${account}”。在真的微信里没有这一页：手机是谁的，就是谁。`,
  asWhom: '您是哪一位？',
  asSnapshot: '以快照页打开（虚拟用户）',
  refused: '微信打不开这个网页',
  wrongAppId: 'appid 参数错误（40013）',
  wrongScope: 'Scope 参数错误或没有 Scope 权限（10005）：这里只支持 snsapi_base',
  wrongType: 'response_type 参数错误：只能是 code',
  wrongState: 'state 只能是字母和数字，最多 128 个',
  wrongRedirect: 'redirect_uri 域名与后台配置不一致（10003）：沙箱只去本机的地址',
} as const;
