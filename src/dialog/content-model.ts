/**
 * The content of an account: what clerks write, what a release freezes, what the dialog answers from.
 * This schema is the documentation of the YAML under `menus/` and `replies/`; `npm run content -- schema`
 * prints it as JSON Schema. All sentences are for citizens and in Chinese; ids are for programs.
 */
import { z } from 'zod';

export const contentId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case letters, digits and single hyphens')
  .describe('永久标识：小写字母、数字、连字符；发布后不再改名');

const sentence = z.string().trim().min(1);
const webAddress = z.url({ protocol: /^https?$/ }).max(1024);
const day = z.iso.date().describe('YYYY-MM-DD，北京时间');

export const sourceSchema = z
  .strictObject({
    title: sentence.describe('出处：法规、文件或网页的名称'),
    url: webAddress.optional(),
    /** How the fact is known: the statute's text, a government page, the press, or a collection of leads. */
    standing: z
      .enum(['law', 'government', 'press', 'lead'])
      .describe('law 法律原文 / government 政府网页 / press 媒体 / lead 线索，待核'),
  })
  .describe('每一条事实的出处');

/**
 * A fact: a sentence, or what only the bureau can know. The second form is shown to citizens as its sentence
 * and listed by the linter until the bureau has supplied it.
 */
export const factSchema = z.union([
  sentence,
  z.strictObject({ bureau: sentence.describe('须由本局提供的内容；在提供之前，对市民这样说') }),
]);

const provenance = {
  sources: z.array(sourceSchema).default([]),
  reviewed: day.optional().describe('最近一次核对的日期'),
  expires: day.optional().describe('从这一天起不再有效'),
};

const replyHead = { id: contentId, title: sentence.max(40).describe('短标题，也用于编号列表') };

export const textReplySchema = z.strictObject({
  ...replyHead,
  type: z.literal('text'),
  text: sentence.describe('可以含 <a href="https://…">文字</a>，不能有其他标记'),
  ...provenance,
});

export const guideReplySchema = z.strictObject({
  ...replyHead,
  type: z.literal('guide'),
  summary: sentence.describe('一句话的答案，最先读到'),
  materials: z.array(sentence).default([]).describe('所需材料'),
  steps: z.array(sentence).default([]).describe('怎么办，按顺序'),
  fee: factSchema.optional().describe('收费'),
  time: factSchema.optional().describe('办理时限'),
  place: factSchema.optional().describe('办理地点'),
  phone: factSchema.optional().describe('咨询电话'),
  online: z
    .strictObject({ title: sentence, url: webAddress.optional() })
    .optional()
    .describe('网上办理：名称，和已核实的链接'),
  notes: z.array(sentence).default([]).describe('提醒'),
  legal: z.array(sentence).default([]).describe('法律依据，写到条'),
  ...provenance,
});

export const articlesReplySchema = z.strictObject({
  ...replyHead,
  type: z.literal('articles'),
  articles: z
    .array(
      z.strictObject({
        title: sentence.max(64),
        description: z.string().max(120).default(''),
        pictureUrl: webAddress.optional(),
        url: webAddress,
      }),
    )
    .min(1)
    .max(8)
    .describe('图文；市民发来消息时平台只显示第一条'),
  ...provenance,
});

export const mediaReplySchema = z.discriminatedUnion('type', [
  z.strictObject({ ...replyHead, type: z.literal('image'), mediaId: sentence, ...provenance }),
  z.strictObject({ ...replyHead, type: z.literal('voice'), mediaId: sentence, ...provenance }),
  z.strictObject({
    ...replyHead,
    type: z.literal('video'),
    mediaId: sentence,
    description: z.string().default(''),
    ...provenance,
  }),
  z.strictObject({
    ...replyHead,
    type: z.literal('music'),
    description: z.string().default(''),
    url: webAddress,
    hqUrl: webAddress.optional(),
    thumbMediaId: sentence,
    ...provenance,
  }),
]);

export const transferReplySchema = z.strictObject({
  ...replyHead,
  type: z.literal('transfer'),
  staffAccount: sentence.optional().describe('指定的客服账号'),
});

export const replySchema = z.discriminatedUnion('type', [
  textReplySchema,
  guideReplySchema,
  articlesReplySchema,
  mediaReplySchema,
  transferReplySchema,
]);

/** Words that lead to a reply, or to a node of the menu tree. */
export const keywordRuleSchema = z.strictObject({
  id: contentId,
  whole: z.array(sentence.max(30)).default([]).describe('整句等于其中一个词'),
  contains: z.array(sentence.max(30)).default([]).describe('句中含有其中一个词'),
  patterns: z
    .array(sentence.max(200))
    .default([])
    .describe('正则表达式（RE2 语法，线性时间），在整理过的句子里查找'),
  questions: z
    .array(sentence.max(100))
    .default([])
    .describe('市民的问法，整句写；意思相近的问题都会找到这里'),
  priority: z.int().min(0).max(100).default(50).describe('大者先；相同则词长者先'),
  to: z
    .union([
      z.strictObject({ reply: contentId }),
      z.strictObject({ node: contentId }),
      z.strictObject({ form: contentId }),
    ])
    .describe('指向一条回复、数字菜单的一个节点，或一张表单'),
});

export interface MenuNode {
  id: string;
  /** What the citizen texts to choose it, 1–99, unique among its siblings. 0 belongs to the main menu. */
  number: number;
  title: string;
  /** What is said on arriving here, above the list of what lies below. */
  reply?: string | undefined;
  /** The form that opens on arriving here; such a node says and lists nothing of its own. */
  form?: string | undefined;
  children: MenuNode[];
}

export const menuNodeSchema: z.ZodType<MenuNode> = z
  .strictObject({
    id: contentId,
    number: z.int().min(1).max(99),
    title: sentence.max(20),
    reply: contentId.optional(),
    form: contentId.optional().describe('选到这里就打开的表单；这样的节点没有回复，也没有下级'),
    get children() {
      return z.array(menuNodeSchema).default([]);
    },
  })
  .refine(
    ({ form, reply, children }) => form === undefined || (reply === undefined && children.length === 0),
    { error: '打开表单的节点不能再有 reply 或 children', path: ['form'] },
  );

const target = z.union([
  z.strictObject({ node: contentId }),
  z.strictObject({ reply: contentId }),
  z.strictObject({ form: contentId }),
]);

const buttonName = sentence;
const leafButtonSchema = z.union([
  z.strictObject({ name: buttonName, opens: target.describe('按下后等于选中这个节点、回复或表单') }),
  z.strictObject({ name: buttonName, url: webAddress }),
  z.strictObject({
    name: buttonName,
    miniProgram: z.strictObject({ appId: sentence, pagePath: sentence, fallbackUrl: webAddress }),
  }),
  z.strictObject({
    name: buttonName,
    action: z.enum(['scancode_push', 'scancode_waitmsg']).describe('扫一扫'),
    opens: target.describe('扫码之后的节点或回复'),
  }),
  z.strictObject({
    name: buttonName,
    action: z
      .enum(['pic_sysphoto', 'pic_photo_or_album', 'pic_weixin', 'location_select'])
      .describe('拍照、选图或发位置；收到之后按 settings 的 media、location 回答'),
  }),
]);

export const buttonMenuSchema = z
  .array(
    z.union([
      z.strictObject({ name: buttonName, buttons: z.array(leafButtonSchema).min(1).max(5) }),
      leafButtonSchema,
    ]),
  )
  .max(3)
  .describe('底部菜单：最多 3 个，每个之下最多 5 个');

/** What a QR code with a scene leads to. */
export const sceneSchema = z.strictObject({
  scene: z.string().min(1).max(64),
  title: sentence,
  opens: target,
});

const dangerWords = (meaning: string) =>
  z
    .array(sentence.max(2_000))
    .default([])
    .describe(`${meaning}；“A|B…C|D”是先有 A 或 B、八个字以内再有 C 或 D`);

/** One kind of emergency: what tells of it, and what is then said. */
export const emergencyKindSchema = z.strictObject({
  id: contentId,
  title: sentence.max(20),
  reply: contentId.describe('这一类紧急情况的回答'),
  dial: z
    .array(z.string().regex(/^\d{3,5}$/, '电话号码写作文字，如 "119"'))
    .default([])
    .describe('除110之外该打的电话'),
  certain: dangerWords('无论前后说什么都是紧急情况'),
  events: dangerWords(
    '有正在发生的迹象，或者只喊了这一句，就是紧急情况；只是提问、说过去的事则不是；其余问一句',
  ),
  withSign: dangerWords('只有正在发生的迹象才是紧急情况'),
  doubtful: dangerWords('不敢断定，问一句“正在发生吗”'),
});

/** How somebody in danger is recognised. A kind that stands first goes before those below. */
export const emergencySchema = z.strictObject({
  reply: contentId.describe('不知道是哪一类时，紧急的回答'),
  calm: contentId.optional().describe('市民说没有危险之后的回答；主菜单附在其后'),
  words: dangerWords('不说是什么事的呼救，无论前后说什么都是紧急情况'),
  kinds: z.array(emergencyKindSchema).default([]),
  innocent: dangerWords('含有紧急词而并不紧急的说法'),
});

/** Words that mean the same to a citizen; the first of a group is the one to be understood. */
export const synonymsSchema = z
  .array(z.array(sentence.max(20)).min(2))
  .describe('同义词：每组第一个是标准说法，其余是市民的说法');

/** What citizens also ask and the account does not answer; what is most like one of these is not guessed at. */
export const outsideSchema = z
  .array(sentence.max(100))
  .describe('不归本号管的问法：与这些最像的问题不猜，照“没有听懂”回答');

/** Words that must not go out, and words that staff should look at when they come in. */
export const sensitiveSchema = z.strictObject({
  outgoing: z.array(sentence.max(30)).default([]).describe('不得出现在对外内容里的词'),
  incoming: z.array(sentence.max(30)).default([]).describe('市民来信里出现时要请工作人员留意的词'),
});

export const settingsSchema = z.strictObject({
  name: sentence.describe('公众号名称'),
  sample: z.boolean().default(false).describe('示例内容，不是真实的公众号'),
  mainMenuTitle: sentence.default('主菜单'),
  welcome: contentId.describe('关注时的欢迎语；主菜单附在其后'),
  fallback: contentId.describe('没有听懂时的回答；主菜单附在其后'),
  help: contentId,
  handoff: contentId.describe('人工'),
  media: contentId.describe('收到图片、语音、视频等时的回答'),
  location: contentId.describe('收到位置时的回答'),
  cursorMinutes: z.int().min(1).max(1440).default(30).describe('菜单位置保留多久（分钟）'),
  chatRecordDays: z.int().min(1).max(3650).default(90).describe('聊天记录保留多久（天）'),
});

/** Everything that one account says, as it is edited, frozen, hashed, exported. */
export const contentSchema = z.strictObject({
  settings: settingsSchema,
  tree: z.array(menuNodeSchema).min(1),
  buttons: buttonMenuSchema.default([]),
  scenes: z.array(sceneSchema).default([]),
  emergency: emergencySchema,
  synonyms: synonymsSchema.default([]),
  sensitive: sensitiveSchema.default({ outgoing: [], incoming: [] }),
  outside: outsideSchema.default([]),
  replies: z.array(replySchema).min(1),
  rules: z.array(keywordRuleSchema).default([]),
});

export type Source = z.output<typeof sourceSchema>;
export type Fact = z.output<typeof factSchema>;
export type ReplyContent = z.output<typeof replySchema>;
export type GuideReply = z.output<typeof guideReplySchema>;
export type KeywordRule = z.output<typeof keywordRuleSchema>;
export type ButtonMenu = z.output<typeof buttonMenuSchema>;
export type Content = z.output<typeof contentSchema>;
/** Where a rule, a button or a QR code leads. A form is the program's own: content only names it. */
export type Target = z.output<typeof target>;
