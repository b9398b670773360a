/** Every sentence of the dialog that is the program's and not the content's. For citizens, so in Chinese. */
export const phrases = {
  mainMenuKeys: '回复数字选择，或者直接说您要办的事',
  menuKeys: '回复数字选择，# 返回，0 主菜单',
  leafKeys: '# 返回，0 主菜单',
  suggestionKeys: '回复数字选择，0 主菜单',

  whichOne: '您想问的是哪一项？',
  alsoThis: '您是不是还想问：',
  noSuchChoice: (choice: string) => `没有“${choice}”这个选项，可以选这些：`,
  contentUpdated: '内容刚刚更新，请重新选一次：',
  nothingToCancel: '现在没有要取消的事。回复 0 看主菜单，也可以直接说您要办的事。',

  thanksForUseful: '谢谢您的肯定，很高兴帮上忙。',
  thanksForUseless:
    '谢谢您告诉我们，已经记下。\n回复“人工”找工作人员，回复“纠错”说说哪里不对，也可以换个说法再问一次。',
  nothingToJudge: '还不知道您说的是哪一条回答。请先问一个问题，看过回答再说“有用”或“没用”。',
  feedbackHint: '答得对吗？请回复“有用”或“没用”。',

  tooFast: '您发得太快了，我跟不上。请一分钟后再试；紧急情况请直接打110。',

  expired: (title: string) => `“${title}”这条内容已过有效期，正在更新。`,
  askStaff: '着急的话，请回复“人工”，问问工作人员。',

  materials: '材料',
  steps: '怎么办',
  fee: '费用',
  time: '时限',
  place: '地点',
  phone: '电话',
  online: '网上办理',
  notes: '提醒',
  legal: '依据',
  reviewed: '核对日期',
} as const;
