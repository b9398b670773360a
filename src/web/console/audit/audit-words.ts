import { everyAccount, roleNames } from '../../../api-types/permissions.js';
import { requestKinds } from '../staff/staff-words.js';
import { actionNames } from './action-names.js';

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
  registration: '报名',
  order: '订单',
  bill: '账单',
  notice: '推送',
  'notice-list': '收件人名单',
  'notice-picture': '推送图片',
  'notice-preset': '应急文本',
  'notice-settings': '推送设置',
  citizen: '市民',
  activity: '活动',
  ticket: '票',
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
  gate: '检票口',
  order: '顺序',
  promisedFen: '累计退款（分）',
  differences: '差异',
  orderNo: '订单号',
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
  description: '介绍',
  place: '地点',
  startsAt: '开始时间',
  endsAt: '结束时间',
  opensAt: '报名开始',
  closesAt: '报名截止',
  quota: '名额',
  groups: '分组',
  condition: '条件',
  minAge: '最小年龄',
  maxAge: '最大年龄',
  schools: '学校',
  mode: '录取方式',
  needsApproval: '逐个审核',
  hasWaitingList: '候补',
  feeFen: '费用（分）',
  refundRules: '退款规则',
  hoursBefore: '提前小时',
  percent: '退还百分比',
  paymentMinutes: '付款时限（分钟）',
  limitPerPerson: '每人限报',
  checkInMinutes: '提前多少分钟入场',
  draw: '抽签',
  commitment: '种子校验值',
  lotsDigest: '抽签号校验值',
  groupId: '组别',
  label: '简称',
  question: '问题',
  optional: '选填',
  options: '选项',
};

/** Names that the program gives to values, by the field in which they stand; elsewhere the same word is a clerk's. */
const valueNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  status: { active: '在用', suspended: '已停用' },
  role: roleNames,
  kind: { ...requestKinds, registration: '报名', ticketed: '售票', volunteers: '招募志愿者' },
  mode: { first_come: '先到先得', lots: '抽签' },
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
