import { listLimits } from './recipient-list.js';

/** What staff read about a list that they upload. */
export const listTexts = {
  noOpenidColumn: '没有名为“openid”的一列',
  emptyHeading: (column: string) => `第 ${column} 列没有标题`,
  repeatedHeading: (heading: string) => `有两列都叫“${heading}”`,
  badHeading: (heading: string) =>
    `列名“${heading}”不能用：最多 ${listLimits.headingCharacters} 个字，不能有花括号和反斜杠`,
  tooManyColumns: `最多 ${listLimits.columns} 列`,
  openidMalformed: 'openid 的格式不对',
  openidRepeated: (row: number) => `与第 ${row} 行是同一个人`,
  openidUnknown: '不认识这个 openid；可能是别的公众号的，或粉丝还没有同步',
  notFollowing: '已经取消关注',
  valueTooLong: (column: string) => `“${column}”超过 ${listLimits.valueCharacters} 个字`,
  missingValue: (column: string) => `没有“${column}”；推送里用到它时，这个人收不到`,
  unreadable: '读不出这个文件，请另存为 xlsx 或 CSV 再上传',
  noRows: '文件里没有内容',
  tooManyRows: `最多 ${listLimits.rows / 10_000} 万行，请分成几个名单`,
  fileTooLarge: `文件最大 ${listLimits.fileBytes / 1_024 / 1_024} MB`,
  notConfirmable: '名单的列有错，请改好后重新上传',
  nobodyUsable: '名单里没有可以发送的人',
  gone: '名单已经不在了，或还没有确认',
  confirmedAlready: '这个名单已经确认过了',
} as const;
