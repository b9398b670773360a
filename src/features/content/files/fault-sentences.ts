/** What the loader of content files says, by rule. */
export const faultSentences = {
  missing_file: () => '缺少这个文件',
  unknown_file: () => '不认识的文件：这里只放约定的 .yaml 文件',
  unreadable_file: (reason: string) => `读不出来：${reason}`,
  file_too_large: (limit: number) => `文件太大，加起来超过 ${limit} 字节`,
  not_utf8: () => '不是 UTF-8 编码的文字',
  no_replies: () => '一条回复也没有',

  yaml_syntax: (problem: string) => `不是正确的 YAML：${problem}`,
  nested_too_deep: () => '嵌套太深',
  duplicate_key: () => '同一个键写了两次',
  alias_refused: () => '不使用 YAML 的别名（& 和 *），请把内容写全',
  tag_refused: () => '不使用 YAML 的标签（!）',

  missing_key: (key: string) => `缺少“${key}”`,
  unknown_key: (key: string) => `不认识的键“${key}”`,
  wrong_type: (expected: string) => `应当是${expected}`,
  too_long: (maximum: string) => `太长，最多 ${maximum}`,
  too_short: (minimum: string) => `至少 ${minimum}`,
  out_of_range: (bound: string) => `数字${bound}`,
  bad_format: (expected: string) => `格式不对：${expected}`,
  not_one_of: (options: string) => `应当是 ${options} 之一`,
  duplicate_id: (message: string) => message,
} as const;

export type FaultRule = keyof typeof faultSentences;

/** Error codes of the `yaml` package in the words of a clerk; any other stays as the package says it. */
export const yamlProblems: Readonly<Record<string, string>> = {
  BAD_INDENT: '缩进不对',
  TAB_AS_INDENT: '缩进请用空格，不要用 Tab',
  MISSING_CHAR: '缺少引号、冒号或空格',
  BLOCK_AS_IMPLICIT_KEY: '这一行不能再有冒号；含有冒号的文字请加引号',
  MULTILINE_IMPLICIT_KEY: '键要写在一行里；含有冒号的文字请加引号',
  BAD_SCALAR_START: '文字不能以这个符号开头，请加引号',
  BAD_DQ_ESCAPE: '引号里的反斜杠写法不对',
  UNEXPECTED_TOKEN: '多出了符号',
  MULTIPLE_DOCS: '一个文件里只能有一份内容，不要用 --- 分开',
  NON_STRING_KEY: '键要用文字',
};

export const typeNames: Readonly<Record<string, string>> = {
  string: '文字；纯数字请加引号，如 "110"',
  number: '数字',
  int: '整数',
  boolean: ' true 或 false',
  array: '列表（每项以 - 开头）',
  object: '一组“键: 值”',
};

export const formatNames: Readonly<Record<string, string>> = {
  url: '要写完整的 http 或 https 网址',
  date: '日期写作 YYYY-MM-DD',
  regex: '只能用小写字母、数字和单个连字符',
};

export const sizeUnits: Readonly<Record<string, string>> = { string: '个字', array: '项' };
