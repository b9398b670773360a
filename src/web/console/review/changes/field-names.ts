import type { ItemKindName } from '../../../../api-types/content.js';
import {
  buttonActions,
  dangerTiers,
  replyTypes,
  sensitiveLists,
  sourceStandings,
} from '../../draft/content-words.js';
import type { TargetNamer } from '../../draft/target-titles.js';
import { readReference } from './references.js';

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
  ...dangerTiers,
  innocent: '不紧急的说法',
  ...sensitiveLists,
};

/** Values that stand for something else, by the field that holds them. */
const valueNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  type: replyTypes,
  standing: sourceStandings,
  action: buttonActions,
};

/** `['steps', 2]` as `怎么办 第 3 条`; empty for the whole item. */
export function sayPlace(path: readonly (string | number)[]): string {
  return path.map((part) => (typeof part === 'number' ? `第 ${part + 1} 项` : sayField(part))).join(' › ');
}

export function sayField(name: string): string {
  return fieldNames[name] ?? name;
}

/**
 * A value of any shape in words, a line for each part.
 * @param field the name of the field that holds it.
 * @param nameOf what to call that to which an id leads; absent: its id.
 */
export function sayValue(value: unknown, field?: string, nameOf: TargetNamer = ({ id }) => id): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') {
    const target = readReference(value, field);
    return target ? nameOf(target) : (valueNames[field ?? '']?.[value] ?? value);
  }
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value))
    return value.map((one: unknown) => sayValue(one, undefined, nameOf).replaceAll('\n', '，')).join('\n');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, part]) => ({ name, text: sayValue(part, name, nameOf) }))
      .filter(({ text }) => text !== '')
      .map(({ name, text }) => `${sayField(name)}：${text.replaceAll('\n', '；')}`)
      .join('\n');
  return JSON.stringify(value);
}
