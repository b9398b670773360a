import type { ItemKindName } from '../../../../api-types/content.js';

/** What a clerk calls the kinds of content, in the order in which they are read. */
export const kindNames: Readonly<Record<ItemKindName, string>> = {
  node: '菜单项',
  reply: '回复',
  rule: '关键词规则',
  buttons: '底部菜单',
  scene: '二维码场景',
  emergency: '紧急求助',
  synonyms: '同义词',
  sensitive: '敏感词',
  outside: '不归本号管的问法',
  settings: '设置',
};

const fieldNames: Readonly<Record<string, string>> = {
  id: '标识',
  title: '标题',
  type: '类型',
  number: '数字',
  parent: '上级',
  node: '菜单项',
  reply: '回复',
  form: '表单',
  text: '正文',
  summary: '一句话的答案',
  materials: '所需材料',
  steps: '怎么办',
  fee: '收费',
  time: '办理时限',
  place: '办理地点',
  phone: '咨询电话',
  bureau: '待本局提供',
  online: '网上办理',
  notes: '提醒',
  legal: '法律依据',
  sources: '出处',
  standing: '出处的性质',
  reviewed: '核对日期',
  expires: '失效日期',
  articles: '图文',
  description: '说明',
  pictureUrl: '图片网址',
  url: '网址',
  hqUrl: '高音质网址',
  mediaId: '素材编号',
  thumbMediaId: '封面素材编号',
  staffAccount: '客服账号',
  whole: '整句等于',
  contains: '句中含有',
  patterns: '正则表达式',
  questions: '市民的问法',
  priority: '优先级',
  to: '指向',
  opens: '打开',
  name: '名称',
  buttons: '下级按钮',
  miniProgram: '小程序',
  appId: '小程序的 AppID',
  pagePath: '小程序页面',
  fallbackUrl: '备用网址',
  action: '动作',
  scene: '场景值',
  sample: '示例内容',
  mainMenuTitle: '主菜单的标题',
  welcome: '关注时的欢迎语',
  fallback: '没有听懂时的回答',
  help: '帮助',
  handoff: '转人工',
  media: '收到图片语音时的回答',
  location: '收到位置时的回答',
  cursorMinutes: '菜单位置保留（分钟）',
  chatRecordDays: '聊天记录保留（天）',
  calm: '没有危险之后的回答',
  words: '呼救的话',
  kinds: '紧急情况',
  dial: '还应拨打',
  certain: '一说就是紧急',
  events: '正在发生才紧急',
  withSign: '有迹象才紧急',
  doubtful: '要问一句',
  innocent: '不紧急的说法',
  outgoing: '不得对外出现的词',
  incoming: '来信里要留意的词',
};

/** Values that stand for something else. */
const valueNames: Readonly<Record<string, string>> = {
  text: '文字',
  guide: '办事指南',
  articles: '图文',
  image: '图片',
  voice: '语音',
  video: '视频',
  music: '音乐',
  transfer: '转人工',
  law: '法律原文',
  government: '政府网页',
  press: '媒体',
  lead: '线索，待核',
  scancode_push: '扫一扫',
  scancode_waitmsg: '扫一扫（等待回答）',
  pic_sysphoto: '拍照',
  pic_photo_or_album: '拍照或选图',
  pic_weixin: '从微信相册选图',
  location_select: '发送位置',
};
const namedValues = new Set(['type', 'standing', 'action']);

/** `['steps', 2]` as `怎么办 第 3 条`; empty for the whole item. */
export function sayPlace(path: readonly (string | number)[]): string {
  return path.map((part) => (typeof part === 'number' ? `第 ${part + 1} 项` : sayField(part))).join(' › ');
}

export function sayField(name: string): string {
  return fieldNames[name] ?? name;
}

/** A value of any shape in words, a line for each part. @param field the name of the field that holds it. */
export function sayValue(value: unknown, field?: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string')
    return field !== undefined && namedValues.has(field) ? (valueNames[value] ?? value) : value;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value))
    return value.map((one: unknown) => sayValue(one).replaceAll('\n', '，')).join('\n');
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([, part]) => sayValue(part) !== '')
      .map(([name, part]) => `${sayField(name)}：${sayValue(part, name).replaceAll('\n', '；')}`)
      .join('\n');
  return JSON.stringify(value);
}
