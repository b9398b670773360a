/** Numbers that WeChat Pay v3 imposes (pay.weixin.qq.com/doc/v3). */

/** A callback's or answer's timestamp may differ from our clock by so much; official advice: five minutes. */
export const freshnessMs = 5 * 60_000;

/** `/v3/certificates` is not asked more often than this, whatever serials come in. */
export const certificateRefreshMs = 60_000;

/** The bill of a day can be had from this time of the next, Asia/Shanghai. */
export const billReadyAt = '10:00';
