/**
 * Every event of the platform under its name in lower case, with the fields that it adds to the common ones.
 * Where no field is named, the reader has what came in `raw`.
 * The fields keep the platform's names, so that its documentation can be read beside this table.
 * Sources: WeChat, "接收事件推送" and the pages of each feature; card, shop and device events as WxJava and
 * Senparc read them.
 */
import { isRecord } from './body.js';
import { commonFields, constant, group, list, number, text, type Shape } from './inbound-fields.js';

const key = { EventKey: text };
const menuKey = { EventKey: text, MenuId: text };
const qrCode = { EventKey: text, Ticket: text };
const scan = { ...menuKey, ScanCodeInfo: group({ ScanType: text, ScanResult: text }) };
const pictures = {
  ...menuKey,
  SendPicsInfo: group({ Count: number, PicList: list(group({ PicMd5Sum: text })) }),
};
const verified = { ExpiredTime: number };
const notVerified = { FailTime: number, FailReason: text };
const privacy = { OpenID: text, AppID: text, RevokeInfo: text };
const card = { CardId: text, UserCardCode: text, OuterStr: text };
const consent = { TemplateId: text, SubscribeStatusString: text };
const giftCard = { PageId: text, OrderId: text };
const product = { KeyStandard: text, KeyStr: text, ExtInfo: text };

const following = [
  /** `qrscene_<scene>` with a Ticket after a QR code, `last_trade_no_<id>` after a payment, else empty. */
  event('subscribe', qrCode),
  event('unsubscribe', key),
  /** By somebody who follows already: the scene without a prefix. */
  event('scan', qrCode),
  /** On entering the chat or while in it, as the console is set. */
  event('location', { Latitude: number, Longitude: number, Precision: number }),
  /** No longer sent. */
  event('enter', {}),
] as const;

const menu = [
  event('click', menuKey),
  event('view', menuKey),
  event('view_miniprogram', menuKey),
  event('scancode_push', scan),
  event('scancode_waitmsg', scan),
  event('pic_sysphoto', pictures),
  event('pic_photo_or_album', pictures),
  event('pic_weixin', pictures),
  event('location_select', {
    ...menuKey,
    SendLocationInfo: group({
      Location_X: number,
      Location_Y: number,
      Scale: number,
      Label: text,
      Poiname: text,
    }),
  }),
] as const;

const sending = [
  /** Status: `success`, `failed:user block`, `failed: system failed`. */
  event('templatesendjobfinish', { MsgID: text, Status: text }),
  /** Status: `send success`, `send fail`, `err(10001)` and other numbers. */
  event('masssendjobfinish', {
    MsgID: text,
    Status: text,
    TotalCount: number,
    FilterCount: number,
    SentCount: number,
    ErrorCount: number,
    CopyrightCheckResult: group({
      Count: number,
      ResultList: list(
        group({
          ArticleIdx: number,
          UserDeclareState: number,
          AuditState: number,
          OriginalArticleUrl: text,
          OriginalArticleType: number,
          CanReprint: number,
          NeedReplaceContent: number,
          NeedShowReprintSource: number,
        }),
      ),
      CheckState: number,
    }),
    ArticleUrlResult: group({
      Count: number,
      ResultList: list(group({ ArticleIdx: number, ArticleUrl: text })),
    }),
  }),
  /** publish_status: 0 done, 1 publishing, 2 originality, 3 failed, 4 refused, 5 deleted, 6 banned. */
  event('publishjobfinish', {
    PublishEventInfo: group({
      publish_id: text,
      publish_status: number,
      article_id: text,
      article_detail: group({ count: number, item: list(group({ idx: number, article_url: text })) }),
      fail_idx: list(number),
    }),
  }),
  /** SubscribeStatusString: `accept` or `reject`. PopupScene: 1 a page, 2 an article. */
  listEvent('subscribe_msg_popup_event', 'SubscribeMsgPopupEvent', { ...consent, PopupScene: number }),
  /** The follower changed a consent in the account's profile. */
  listEvent('subscribe_msg_change_event', 'SubscribeMsgChangeEvent', consent),
  listEvent('subscribe_msg_sent_event', 'SubscribeMsgSentEvent', {
    TemplateId: text,
    MsgID: text,
    ErrorCode: number,
    ErrorStatus: text,
  }),
] as const;

const staffAndAccount = [
  event('kf_create_session', { KfAccount: text }),
  event('kf_close_session', { KfAccount: text }),
  event('kf_switch_session', { FromKfAccount: text, ToKfAccount: text }),
  event('guide_invite_result_event', {}),
  event('qualification_verify_success', verified),
  event('naming_verify_success', verified),
  event('annual_renew', verified),
  event('verify_expired', verified),
  event('qualification_verify_fail', notVerified),
  event('naming_verify_fail', notVerified),
  event('wx_verify_pay_succ', {}),
  event('wx_verify_dispatch', {}),
  event('wx_verify_refill', { RefillTime: number, RefillReason: text }),
  event('wx_verify_fail', notVerified),
  event('user_info_modified', privacy),
  /** The follower takes a permission back: the data that came with it must go. */
  event('user_authorization_revoke', privacy),
  event('user_authorization_cancellation', privacy),
] as const;

const cards = [
  event('card_pass_check', { CardId: text, RefuseReason: text }),
  event('card_not_pass_check', { CardId: text, RefuseReason: text }),
  event('user_get_card', { ...card, FriendUserName: text, IsGiveByFriend: number, OldUserCardCode: text }),
  event('user_gifting_card', { ...card, FriendUserName: text, IsReturnBack: number, IsChatRoom: number }),
  event('user_del_card', card),
  event('user_consume_card', { ...card, ConsumeSource: text, LocationName: text, StaffOpenId: text }),
  event('user_pay_from_pay_cell', { ...card, TransId: text, LocationId: text, Fee: text, OriginalFee: text }),
  event('user_view_card', card),
  event('user_enter_session_from_card', card),
  event('update_member_card', { ...card, ModifyBonus: number, ModifyBalance: number }),
  event('card_sku_remind', { CardId: text, Detail: text }),
  event('card_pay_order', { OrderId: text, Status: text, CreateOrderTime: number, PayFinishTime: number }),
  event('submit_membercard_user_info', card),
  event('giftcard_pay_done', giftCard),
  event('giftcard_send_to_friend', { ...giftCard, IsChatRoom: text, IsReturnBack: text }),
  event('giftcard_user_accept', { ...giftCard, IsChatRoom: text }),
] as const;

const others = [
  event('user_authorize_invoice', {
    SuccOrderId: text,
    FailOrderId: text,
    AuthorizeAppId: text,
    Source: text,
  }),
  event('update_invoice_status', { Status: text, CardId: text, Code: text }),
  event('submit_invoice_title', { title: text, tax_no: text, addr: text, phone: text, bank_name: text }),
  event('cloud_invoice_invoiceresult_event', {}),
  event('poi_check_notify', { UniqId: text, PoiId: text, Result: text, Msg: text }),
  event('merchant_order', { OrderId: text, OrderStatus: number, ProductId: text, SkuInfo: text }),
  event('wificonnected', { ConnectTime: number, ExpireTime: number, VendorId: text, ShopId: text }),
  event('shakearoundusershake', {
    ChosenBeacon: group({ Uuid: text, Major: number, Minor: number, Distance: number }),
  }),
  event('user_scan_product', product),
  event('user_scan_product_enter_session', product),
  event('user_scan_product_async', { ...product, RegionCode: text }),
  event('user_scan_product_verify_action', { ...product, Result: text, ReasonMsg: text }),
  event('wxa_media_check', { isrisky: number, trace_id: text, status_code: number }),
  event('weapp_audit_success', { SuccTime: number }),
  event('weapp_audit_fail', { FailTime: number, Reason: text }),
  event('weapp_audit_delay', { DelayTime: number, Reason: text }),
] as const;

export const events = [...following, ...menu, ...sending, ...staffAndAccount, ...cards, ...others] as const;

function event<Name extends string, Table extends Shape>(name: Name, table: Table) {
  return { name, read: group({ type: constant('event'), event: constant(name), ...commonFields, ...table }) };
}

/**
 * An event that is a list: `{ [holder]: { List } }` in XML; in JSON also `{ [holder]: […] }` and `{ List }`.
 */
function listEvent<Name extends string, Item extends Shape>(name: Name, holder: string, item: Item) {
  const { read } = event(name, { List: list(group(item)) });
  return { name, read: (value: unknown) => read(liftList(value, holder)) };
}

function liftList(value: unknown, holder: string): unknown {
  if (!isRecord(value)) return value;
  const held = value[holder] ?? value;
  return { ...value, List: isRecord(held) ? held['List'] : held };
}
