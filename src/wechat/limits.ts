/**
 * What the platform imposes on answers; what it imposes on calls to its API lies with the client.
 * Source, unless another is named: WeChat, "被动回复用户消息" and "发送客服消息".
 */

/**
 * The longest text of one reply in bytes of UTF-8, about 682 Chinese characters. WeChat states no number for passive
 * replies; 2048 is what Senparc found safe for both kinds and splits at.
 */
export const replyTextBytes = 2048;

/** Articles in the response to a message that somebody wrote; the platform cuts off the rest (since 2018-10-12). */
export const articlesAfterMessage = 1;
/** Articles in the response to anything else: a button, a scan, a follow. */
export const articlesAfterEvent = 8;
/** Articles in a customer-service message; more are refused with 45008. */
export const articlesInServiceMessage = 1;
