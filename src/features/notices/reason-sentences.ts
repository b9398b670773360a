/**
 * Why a recipient was not reached, or a notice stands still, in a sentence for clerks.
 *
 * @param reason as `Delivery.reason`, `PassedChannel.reason`, `MassCall.reason` and `NoticeHold.reason` hold it: a word
 *   of ours, or with what belongs to it after a colon; or `<error group>:<errcode>` of the platform.
 */
export function sayReason(reason: string): string {
  const known = ours.get(reason);
  if (known !== undefined) return known;
  const [head, rest] = splitAt(reason);
  const say = withDetail.get(head);
  if (say && rest !== '') return say(rest);
  return sayPlatformError(head, rest) ?? `没有成功（${reason}）`;
}

/** Of the planner, the desk, the engine, and of the transport to the platform. */
const ours = sentences({
  no_window: '48 小时内没有给公众号发过消息，客服消息发不了',
  no_consent: '没有订阅这个通知，或订阅的次数已经用完',
  not_following: '没有关注公众号',
  mass_quota: '这个月已经收到 4 次群发，不能再发',
  mass_single: '只剩一个人，群发至少要两个人',
  no_content: '没有为这个渠道写内容',
  no_channel: '没有可用的渠道',
  text_too_long: '填进内容后文字太长',
  values_unreadable: '这个人的资料解不开，密钥可能换过',
  not_repeatable: '发送中断，时间太久，平台不再认得出重复',
  worker_lost: '发送时程序中断，不知道有没有送到',
  cancelled_in_doubt: '取消时正在发送，不知道有没有送到',
  platform_unreachable: '连不上微信',
  platform_timeout: '微信没有及时回答，不知道有没有送到',
  platform_broke_off: '与微信的连接中途断开，不知道有没有送到',
  platform_http_status: '微信的服务器出错，不知道有没有送到',
  platform_bad_answer: '微信的回答读不懂，不知道有没有送到',
  unknown_account: '这个公众号没有接入微信',
  picture_missing: '图片已经不在了',
  quiet_hours: '免打扰时间',
});

/** By what stands before the colon. */
const withDetail: ReadonlyMap<string, (detail: string) => string> = new Map(
  Object.entries({
    unreachable: (detail: string) => `以前就联系不上：${sayReason(detail)}`,
    missing_value: (name: string) => `没有“${name}”的内容`,
    bad_value: (keyword: string) => `“${keyword}”的内容不合模板的规定`,
    picture: (detail: string) => `图片没能交给微信：${sayReason(detail)}`,
    report: (status: string) => reports.get(status) ?? `微信报告没有送到（${status}）`,
    mass: (status: string) => massStatuses.get(status) ?? `微信没有发出这批群发（${status}）`,
  }),
);

/** The status of TEMPLATESENDJOBFINISH. */
const reports = sentences({
  'user block': '用户拒收公众号的消息',
  'system failed': '微信内部出错，没有送到',
});

/** The status of MASSSENDJOBFINISH. */
const massStatuses = sentences({
  'send fail': '微信没有发出这批群发',
  'err(10001)': '微信认为内容是广告，没有发出',
  'err(20001)': '微信认为内容涉及时政，没有发出',
  'err(20002)': '微信认为内容低俗，没有发出',
  'err(20004)': '微信认为内容有社会危害，没有发出',
  'err(20006)': '微信认为内容违法，没有发出',
  'err(20008)': '微信认为内容涉嫌欺诈，没有发出',
  'err(20013)': '微信认为内容涉及版权，没有发出',
  'err(21000)': '微信没有通过审核，没有发出',
  'err(22000)': '微信认为内容互相推广，没有发出',
  'err(40001)': '管理员没有同意群发',
  'err(40002)': '管理员 30 分钟内没有确认群发',
});

/** WeChat, "Global return codes". */
const codes = sentences({
  '-1': '微信繁忙',
  40003: '这个 openid 不属于本公众号',
  40007: '图片在微信那里已经过期',
  40037: '模板不存在，可能已被删除',
  40130: '群发的人数不对，应为 2 至 10000 人',
  40164: '本机的地址不在微信的白名单里',
  41030: '要打开的页面不存在',
  43004: '没有关注公众号',
  43019: '在公众号的黑名单里',
  43101: '没有订阅这个通知，或订阅的次数已经用完',
  45002: '内容太长',
  45008: '图文太多',
  45009: '今天的接口次数用完了',
  45011: '发得太快，被微信限制了',
  45015: '48 小时内没有给公众号发过消息',
  45026: '模板的数量已满',
  45028: '群发的次数用完了',
  45047: '对方没有回复，客服消息的条数用完了',
  45065: '同一批群发已经发过',
  45066: '一分钟内不能重复同一批群发',
  46004: '没有这个用户',
  47003: '模板的内容不合规定',
  48001: '公众号没有这个接口的权限',
  48002: '用户拒收公众号的消息',
  48003: '没有签署群发协议',
  48004: '接口被微信封禁',
  48008: '没有这类消息的发送权限',
  50002: '用户受限，微信没有发出',
  50005: '没有关注公众号',
  61007: '公众号没有授权这个接口',
});

/** By the error group, where the code says nothing of its own. */
const groups = sentences({
  transient: '微信暂时不能处理',
  token: '拿不到微信的访问凭证',
  configuration: '公众号的设置不对，或没有权限，请管理员到微信后台处理',
  account: '公众号被微信限制，请管理员到微信后台处理',
  gone: '微信已停用这个接口',
  quota: '微信的额度用完了',
  receiver_permanent: '联系不上这个人',
  receiver_window: '现在不能给这个人发客服消息',
  content: '微信不接受这个内容',
});

function sayPlatformError(group: string, rest: string): string | undefined {
  const [code, field] = splitAt(rest);
  const sentence = codes.get(code) ?? groups.get(group);
  if (sentence === undefined) return /^-?\d+$/.test(code) ? `微信拒绝了（错误码 ${code}）` : undefined;
  const at = field === '' ? '' : `：${field}`;
  return codes.has(code) ? `${sentence}${at}` : `${sentence}（错误码 ${code}）`;
}

function sentences(known: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(known));
}

function splitAt(text: string): [head: string, rest: string] {
  const at = text.indexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
