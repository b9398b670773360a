/** Everything that this slice says to staff. */
export const staffTexts = {
  signInFailed: '用户名、密码或验证码不对',
  codeRequired: '请输入验证器里的 6 位验证码',
  wrongPassword: '当前密码不对',
  wrongCode: '验证码不对或已经用过，请等下一个',
  totpAlreadyOn: '两步验证已经打开',
  totpNotEnrolled: '请先用验证器扫描二维码',
  usernameTaken: '这个用户名已经有人用了',
  unknownAccount: (accountId: string) => `没有公众号“${accountId}”`,
  unknownUsername: (username: string) => `没有用户“${username}”`,
  requestPending: '同样的申请正在等待批准',
  requestDecided: '这项申请已经处理过了',
  requestExpired: '这项申请已经过期，请重新提出',
  noSecondAdministrator:
    '需要另一位管理员批准，但现在没有。请在服务器上用 npm run staff -- create-admin 添加一位',
  nothingToChange: '已经是这样了，无需再改',
  demoMember: '演示账号的密码不能修改',
  administratorsExist: '已有两位管理员：请由他们在控制台里互相批准',
  notAboutYourself: '不能为自己提出或批准申请',
  notYourOwnRequest: '自己提出的申请要由另一位管理员批准',

  passwordTooShort: (least: number) => `密码至少 ${least} 个字符`,
  passwordTooLong: (most: number) => `密码最多 ${most} 个字符`,
  passwordHoldsUsername: '密码里不能有用户名',
  passwordTooCommon: '这个密码太常见，请换一个',
  passwordUnchanged: '新密码不能和当前密码相同',

  /** Shown by authenticator apps. */
  totpIssuer: '随身后台',

  demoName: (roleName: string, suffix: string) => `演示·${roleName}${suffix}`,
  commandLineName: '命令行',
  /** Who did what the program does by itself. */
  programName: '系统',
} as const;
