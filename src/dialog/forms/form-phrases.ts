/** Every sentence of the forms that is not a form's own. For citizens, so in Chinese. */
export const formPhrases = {
  // How to move
  keys: '# 上一步，取消 离开',
  keysOptional: '跳过 不填，# 上一步，取消 离开',
  progress: (at: number, of: number) => `（${at}/${of}）`,
  current: (shown: string) => `现在填的是：${shown}`,
  howToLeave: (title: string) => `正在填“${title}”。要离开请回复“取消”，填过的会给您留着。`,
  firstStep: '这已经是第一步了。',
  cannotSkip: '这一项必须填。',
  stuck: '可以再试一次；也可以回复“取消”先离开（填过的给您留着），或回复“人工”找工作人员。',
  left: (title: string, days: number, word: string) =>
    `已离开“${title}”。填过的给您留 ${days} 天，回复“${word}”接着填。`,
  leftEmpty: (title: string) => `已离开“${title}”，没有留下任何内容。`,
  setAside: (title: string, word: string) => `“${title}”还没有填完，回复“${word}”接着填。`,
  afterLeaving: '回复 0 看主菜单，也可以直接说您要办的事。',

  about: (title: string) => `您说的是刚才这条回答：“${title}”。`,

  // Going on
  resume: (title: string) => `上次的“${title}”还没有填完。接着上次填吗？\n【1】接着\n【2】重新`,
  resumeFault: '请回复 1 接着填，或回复 2 重新填。',
  resumeKeys: '取消 离开',
  changed: (title: string) => `“${title}”刚刚更新过，您填的还能用的都留着。`,
  lost: '抱歉，之前填的内容读不出来了，请从头再填一次。',
  gone: '这张表单现在不用了，抱歉。',

  // Personal information
  notice: (notice: { collector: string; purpose: string; fields: string; days: number; rights: string }) =>
    [
      '下面要请您填写个人信息，先说明：',
      `· 谁在收集：${notice.collector}`,
      `· 收集什么：${notice.fields}`,
      `· 做什么用：${notice.purpose}`,
      `· 保存多久：${notice.days} 天，到期删除；加密保存`,
      `· 您的权利：${notice.rights}`,
    ].join('\n'),
  askConsent: '同意请回复“同意”，不同意请回复“不同意”。',
  refusedOptional: '好的，这些信息就不填了。',
  refusedRequired: '没有这些信息就办不了，先到这里；没有留下您的个人信息。',

  // Review and submission
  review: (title: string) => `请核对“${title}”：`,
  reviewKeys: '回复“确认”提交，回复数字修改那一项，# 上一步，取消 离开',
  reviewFault: '请回复“确认”提交，或回复一项的数字来修改。',
  noSuchItem: (number: number) => `没有第 ${number} 项。`,
  unavailable: '现在没能交上去，填的内容都还在，请过一会儿再回复“确认”。',
  refused: '可以回复数字修改，再回复“确认”；回复“取消”离开。',

  // Options that only a service knows
  more: '更多',
  backToFirst: '回到开头',
  noted: (label: string, note: string) => `${label}（${note}）`,
  onlyOne: (label: string, shown: string) => `${label}：${shown}（只有这一项）。`,
  notToBeHad: (label: string, why: string) => `“${label}”现在选不了（${why}），请换一项。`,
  noLongerThere: '刚才那一项现在没有了，请重新选。',
  nothingToChoose: '现在没有可以选的，请过些时候再来。',
  noOptionsNow: '现在查不到可以选的，请过一会儿再发一次；回复“取消”离开。',
  notDoneNow: '刚才没有办成，请再选一次。',
  notSubmittedNow: '现在没能办成，请过一会儿再试一次。',

  // How a value is shown
  skipped: '不填',
  filledIn: '已填写',
  received: '已收到',
  yes: '是',
  no: '否',

  // Answers that cannot be used; each says what to do
  wantsWords: '这一步请用文字回答。',
  tooShort: (min: number) => `请再写一点，至少 ${min} 个字。`,
  tooLong: (max: number, length: number) => `太长了，最多 ${max} 个字，现在有 ${length} 个，请精简一下再发。`,
  notNumber: '请填一个数字，例如 3。',
  notInteger: '请填整数，例如 3。',
  outOfRange: (min: number, max: number) => `请填 ${min} 到 ${max} 之间的数。`,
  notDate: '没看懂这个日期，请这样写：2026-03-05、3月5日、明天、下周三。',
  noSuchDate: '日历上没有这一天，请再看一下。',
  dateBetween: (earliest: string, latest: string) => `请填 ${earliest} 到 ${latest} 之间的日期。`,
  dateFrom: (earliest: string) => `请填 ${earliest} 或以后的日期。`,
  dateUntil: (latest: string) => `请填 ${latest} 或以前的日期。`,
  notChoice: (most: number) => `请回复 1 到 ${most} 中的一个数字。`,
  notPhone: '电话号码好像不对，请填 11 位手机号，或带区号的座机，例如 0753-2345678。',
  idNumberForm: '身份证号应是 18 位，最后一位可以是 X，请核对后再发。',
  idNumberRegion: '身份证号的前两位不对，请对照证件再看一下。',
  idNumberBirth: '身份证号里的出生日期不对，请对照证件再看一下。',
  idNumberCheck: '身份证号有一位不对（最后一位校验没通过），请对照证件再看一下。',
  notImage: '请发一张照片：点右下角的 + ，选“照片”或“拍摄”。',
  notLocation: '请发一个位置：点右下角的 + ，选“位置”。',
  notYesOrNo: '请回复“是”或“否”。',
} as const;
