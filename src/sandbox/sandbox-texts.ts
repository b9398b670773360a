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
  templateTitle: '预约通知',
  templateFields: { service: '办理事项', venue: '办理地点', time: '预约时间', note: '温馨提示' },
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
