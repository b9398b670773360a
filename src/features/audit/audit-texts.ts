/** What staff read of the audit trail outside the console. */
export const auditTexts = {
  columns: [
    '序号',
    '时间',
    '姓名',
    '人员编号',
    '动作',
    '对象',
    '对象编号',
    '改动',
    '理由',
    '网络地址',
    '浏览器',
    '校验值',
  ],
  filename: (accountId: string, format: string) => `审计-${accountId}.${format}`,
} as const;
