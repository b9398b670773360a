import { everyAccount, roleNames } from '../../../api-types/permissions.js';
import { requestKinds } from '../staff/staff-words.js';

/** What was done, by the names that the features give it. */
export const actionNames: Readonly<Record<string, string>> = {
  'session.open': '登录',
  'session.refuse': '登录失败',
  'session.revoke': '退出登录',
  'session.revoke_all': '让人退出登录',
  'password.change': '修改密码',
  'totp.enrol': '设置两步验证',
  'totp.confirm': '打开两步验证',
  'totp.remove': '关闭两步验证',
  'access.refuse': '越权被拒绝',
  'staff-request.make': '提出人员申请',
  'staff-request.approve': '批准人员申请',
  'staff-request.refuse': '不批准人员申请',
  'staff-request.withdraw': '撤回人员申请',
  'staff.invite': '新增人员',
  'staff.change_roles': '调整角色',
  'staff.suspend': '停用人员',
  'staff.reactivate': '恢复人员',
  'staff.reset_password': '重设密码',
  'draft.edit': '修改草稿',
  'draft.move': '移动菜单项',
  'draft.remove': '删除草稿内容',
  'draft.import': '导入文件到草稿',
  'draft.save': '写入草稿',
  'draft.add_questions': '添加市民的问法',
  'snapshot.save': '保存快照',
  'snapshot.restore': '恢复快照',
  'submission.create': '提交审核',
  'submission.approve': '审核通过',
  'submission.publish': '终审通过并发布',
  'submission.reject': '审核驳回',
  'submission.return': '退回修改',
  'submission.withdraw': '撤回提交',
  'submission.void': '提交作废',
  'release.publish': '发布版本',
  'release.rollback': '回退版本',
  'reply.withdraw': '撤下回复',
  'menu.publish': '发布底部菜单',
  'unanswered.attach': '把未答问题放进草稿',
  'unanswered.dismiss': '忽略未答问题',
  'unanswered.reopen': '重新打开未答问题',
  'duty.see': '看过值班提醒',
  'duty.close': '办结值班提醒',
  'job.run': '立即执行定时任务',
  'segment.create': '新建分组',
  'segment.change': '修改分组',
  'segment.remove': '删除分组',
  'tag.create': '新建标签',
  'tag.rename': '标签改名',
  'tag.remove': '删除标签',
  'tag.give': '给粉丝打标签',
  'tag.take': '取消粉丝的标签',
  'tag.give_segment': '给整个分组打标签',
  'tag.take_segment': '取消整个分组的标签',
  'followers.synchronise': '同步粉丝',
  'audience-settings.change': '修改区县列表',
  'personal-data.purge': '清除到期的个人信息',
  'own-data.erase': '市民删除自己的记录',
  'message.disclose': '查看留言全文',
  'message.handle': '处理留言',
  'appointment-service.save': '保存预约事项',
  'appointment-service.remove': '删除预约事项',
  'appointment-service.arrange': '调整预约事项的顺序',
  'appointment-venue.save': '保存办事大厅',
  'appointment-venue.remove': '删除办事大厅',
  'appointment-venue.arrange': '调整办事大厅的顺序',
  'appointment-schedule.save': '保存放号安排',
  'appointment-schedule.remove': '删除放号安排',
  'appointment-calendar.save': '保存节假日安排',
  'appointment-closure.close': '停办',
  'appointment-closure.lift': '取消停办',
  'appointment.check_in': '签到',
  'appointment.override': '窗口加约',
  'appointment.cancel': '替市民取消预约',
  'appointment.disclose': '查看预约人全部信息',
  'appointment-notice.repeat': '再发没送到的预约通知',
  'objection.grant': '同意爽约申诉',
  'objection.refuse': '不同意爽约申诉',
  'notice.create': '新建推送',
  'notice.copy': '复制推送',
  'notice.change': '修改推送',
  'notice.remove': '删除推送草稿',
  'notice.test': '把推送发到自己手机试看',
  'notice.submit': '推送送审',
  'notice.withdraw': '撤回推送',
  'notice.approve': '批准推送',
  'notice.return': '退回推送',
  'notice.reject': '否决推送',
  'notice.pause': '暂停推送',
  'notice.resume': '继续推送',
  'notice.cancel': '取消推送',
  'notice.repeat': '再发结果不明的推送',
  'notice-list.upload': '上传收件人名单',
  'notice-list.confirm': '确认收件人名单',
  'notice-picture.upload': '上传推送图片',
  'notice-preset.add': '新增应急文本',
  'notice-preset.change': '修改应急文本',
  'notice-preset.remove': '删除应急文本',
  'notice-settings.change': '修改免打扰时间',
};

const objectNames: Readonly<Record<string, string>> = {
  staff: '人员',
  'staff-request': '人员申请',
  route: '接口',
  node: '菜单项',
  reply: '回复',
  rule: '关键词规则',
  scene: '二维码场景',
  settings: '设置',
  buttons: '底部菜单',
  'button-menu': '底部菜单',
  emergency: '紧急词',
  synonyms: '同义词',
  sensitive: '敏感词',
  outside: '不归本号管的问法',
  draft: '草稿',
  snapshot: '快照',
  submission: '提交',
  release: '版本',
  message: '留言',
  unanswered: '未答问题',
  'duty-alert': '值班提醒',
  job: '定时任务',
  segment: '分组',
  'follower-tag': '标签',
  followers: '粉丝',
  'audience-settings': '区县列表',
  'purge-report': '清除报告',
  erasure: '市民的删除申请',
  'appointment-service': '预约事项',
  'appointment-venue': '办事大厅',
  'appointment-schedule': '放号安排',
  'appointment-calendar': '节假日安排',
  'appointment-closure': '停办',
  appointment: '预约',
  notice: '推送',
  'notice-list': '收件人名单',
  'notice-picture': '推送图片',
  'notice-preset': '应急文本',
  'notice-settings': '推送设置',
  citizen: '市民',
};

const fieldNames: Readonly<Record<string, string>> = {
  username: '用户名',
  name: '姓名',
  status: '状态',
  roles: '角色',
  role: '角色',
  accountId: '公众号',
  department: '部门',
  mustChangePassword: '须换密码',
  totp: '两步验证',
  removeTotp: '关闭两步验证',
  sessions: '登录数',
  details: '内容',
  kind: '种类',
  staffId: '人员编号',
  title: '标题',
  number: '序号',
  parent: '上级',
  text: '文字',
  note: '说明',
  state: '状态',
  stage: '审级',
  release: '版本',
  hash: '校验值',
  reply: '回复',
  keywords: '关键词',
  questions: '问法',
  reviewed: '核对日期',
  source: '出处',
  materials: '要带的材料',
  guide: '办事指南',
  limit: '每人限约',
  leadMinutes: '提前多少分钟截止',
  horizonDays: '可提前几天',
  releasesAt: '放号时间',
  cancelUntilMinutes: '提前多少分钟可取消',
  offerMinutes: '候补保留分钟',
  noShow: '爽约规则',
  isPaused: '暂停预约',
  address: '地址',
  phone: '电话',
  service: '预约事项',
  venue: '办事大厅',
  weekdays: '星期',
  periods: '时段',
  slotMinutes: '每个时段分钟',
  counters: '窗口',
  conditions: '分组条件',
  districts: '区县',
  openids: '粉丝',
  total: '人数',
  perCounter: '每窗口名额',
  year: '年份',
  days: '日期',
  day: '日期',
  period: '时段',
  reason: '原因',
  order: '顺序',
  count: '次数',
  deleted: '删除',
  anonymised: '去掉个人信息',
  audience: '收件人',
  channels: '渠道',
  channel: '渠道',
  content: '内容',
  sendAt: '发送时间',
  training: '演练',
  recipients: '人数',
  revision: '修改次数',
  filename: '文件名',
  rows: '行数',
  usable: '可用行数',
  bytes: '字节',
  quietHours: '免打扰时间',
  withinDays: '几天之内',
  blockDays: '停约天数',
  from: '开始',
  to: '结束',
};

/** Names that the program gives to values, by the field in which they stand; elsewhere the same word is a clerk's. */
const valueNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  status: { active: '在用', suspended: '已停用' },
  role: roleNames,
  kind: requestKinds,
  accountId: { [everyAccount]: '所有公众号' },
};

export function sayAction(action: string): string {
  return actionNames[action] ?? action;
}

/** @param nameOf the name of a person by their id, where it is known. */
export function sayObject(
  { kind, id }: { kind: string; id: string },
  nameOf: (staffId: string) => string | undefined = () => undefined,
): string {
  const called = kind === 'staff' ? (nameOf(id) ?? shorten(id)) : shorten(id);
  return [objectNames[kind] ?? kind, id === kind ? '' : called].filter((part) => part !== '').join(' ');
}

/** Nobody reads a UUID: its beginning is enough to tell two apart; the event itself shows all of it. */
function shorten(id: string): string {
  return id.replace(/^([\da-f]{8})(-[\da-f]{4}){3}-[\da-f]{12}$/, '$1…');
}

/** `tree.0.title` as `tree › 1 › 标题`. */
export function sayPath(path: string): string {
  return path
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : (fieldNames[part] ?? part)))
    .join(' › ');
}

/**
 * A value of any shape in lines that can be read; none: there is no value.
 * @param field the last part of its path.
 */
export function sayValue(value: unknown, field = ''): string[] {
  if (value === undefined || value === null || value === '') return [];
  if (typeof value === 'boolean') return [value ? '是' : '否'];
  if (Array.isArray(value)) return value.flatMap((one: unknown) => onOneLine(sayValue(one, field)));
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([name, part]) =>
      onOneLine(sayValue(part, name)).map((line) => `${fieldNames[name] ?? name}：${line}`),
    );
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return (valueNames[field]?.[text] ?? text).split('\n');
}

function onOneLine(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [lines.join('，')];
}
