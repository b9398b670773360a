/** What the linter says, by rule. */
export const findingSentences = {
  broken_reference: (kind: 'reply' | 'node' | 'form', id: string) =>
    ({
      reply: `没有标识为“${id}”的回复`,
      node: `数字菜单里没有标识为“${id}”的节点`,
      form: `没有标识为“${id}”的表单`,
    })[kind],
  settings_reply_missing: (field: string, id: string) => `设置 ${field} 指向的回复“${id}”不存在`,
  duplicate_id: (id: string) => `标识“${id}”用了不止一次`,
  duplicate_number: (number: number, other: string) => `同一层里数字 ${number} 已经给了“${other}”`,
  dead_end: () => '没有下级，也没有回复：市民选到这里得不到答案',
  unreachable_reply: () => '没有菜单、关键词、按钮或二维码通向这条回复',
  too_many_children: (count: number, limit: number) => `有 ${count} 个下级，超过 ${limit} 个，手机上不易看清`,
  empty_rule: () => '没有任何关键词、正则或问法',
  empty_keyword: (word: string) => `“${word}”里没有看得见的字，永远不会命中`,
  duplicate_keyword: (word: string, other: string) => `关键词“${word}”也在规则“${other}”中`,
  keyword_covered: (word: string, shorter: string, other: string) =>
    `“${word}”永远轮不到：含有它的话也含有“${shorter}”，而规则“${other}”的优先级更高`,
  keyword_is_menu_number: (word: string) => `“${word}”与菜单里的数字相同，市民发来时按菜单选择处理`,
  keyword_is_command: (word: string) => `“${word}”是固定的指令，关键词轮不到`,
  keyword_is_emergency: (word: string, emergency: string) =>
    `“${word}”含有紧急词“${emergency}”，会得到紧急回答，关键词轮不到`,
  emergency_word_innocent: (word: string) => `“${word}”既是紧急词又在排除之列，这个紧急词不会起作用`,
  sensitive_word: (word: string) => `含有不得对外出现的词“${word}”`,
  unusable_pattern: (reason: string) => reason,
  shared_question: (question: string, other: string) =>
    `“${question}”这个问法也在规则“${other}”中：市民这样问时，只能请他选`,
  repeated_synonym: (word: string, standard: string) =>
    `“${word}”已经在“${standard}”那一组同义词里，写在这里不起作用`,
  over_long_text: (bytes: number, limit: number) =>
    `${bytes} 字节，超过一条消息的 ${limit} 字节，会分几条发出`,
  disallowed_markup: (tag: string) =>
    `不能使用“${tag}”：正文只可以有 <a href="https://…">文字</a>，并且要成对`,
  link_not_http: (href: string) => `链接“${href}”不是 http 或 https 网址`,
  unsendable_character: (code: string) => `含有微信不能发送的字符（${code}）`,
  unreviewed_fact: (fact: string) => `写有“${fact}”而没有核对日期（reviewed）`,
  guide_without_source: () => '办事指南没有写明出处（sources）',
  guide_without_review_date: () => '办事指南没有核对日期（reviewed）',
  lead_sources_only: () => '出处都是待核的线索，请找到法律原文或政府网页',
  bureau_must_supply: (sentence: string) => `须由本局提供：${sentence}`,
  reply_expired: (day: string) => `已于 ${day} 失效，市民会看到“正在更新”`,
  reply_expires_soon: (day: string) => `将于 ${day} 失效`,
  button_label_too_long: (bytes: number, limit: number) => `按钮名称 ${bytes} 字节，平台最多 ${limit} 字节`,
} as const;

export type LintRule = keyof typeof findingSentences;
