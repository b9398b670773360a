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
