import { describe, expect, it } from '@jest/globals';
import { parseBody } from '../../../src/wechat/codec/body.js';
import { events } from '../../../src/wechat/codec/inbound-events.js';
import { parseInbound, type InboundMessage } from '../../../src/wechat/codec/inbound-message.js';

const openid = 'oia2TjjewbmiOUlr6X-1crbLOvLw';

describe('a message', () => {
  it('has the common fields, and its ids keep every digit', () => {
    const xml = message(
      'text',
      '<Content><![CDATA[1]]></Content><MsgDataId>2247483650</MsgDataId><Idx>1</Idx>',
    );
    expect(read(xml)).toMatchObject({
      ToUserName: 'gh_7f083739789a',
      FromUserName: openid,
      CreateTime: 1407743423,
      MsgId: '6054768590064713728',
      MsgDataId: '2247483650',
      Idx: '1',
      type: 'text',
    });
  });

  it.each([
    [
      'text',
      '<Content><![CDATA[身份证]]></Content><bizmsgmenuid>101</bizmsgmenuid>',
      { Content: '身份证', bizmsgmenuid: '101' },
    ],
    [
      'image',
      '<PicUrl><![CDATA[http://mmbiz.qpic.cn/a?b=1&c=2]]></PicUrl><MediaId><![CDATA[media]]></MediaId>',
      { PicUrl: 'http://mmbiz.qpic.cn/a?b=1&c=2', MediaId: 'media' },
    ],
    [
      'voice',
      '<MediaId><![CDATA[media]]></MediaId><Format><![CDATA[amr]]></Format><Recognition><![CDATA[你好]]></Recognition>',
      { MediaId: 'media', Format: 'amr', Recognition: '你好', MediaId16K: '' },
    ],
    ['video', '<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>', { MediaId: 'm', ThumbMediaId: 't' }],
    ['shortvideo', '<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>', { MediaId: 'm', ThumbMediaId: 't' }],
    [
      'location',
      '<Location_X>23.134521</Location_X><Location_Y>113.358803</Location_Y><Scale>20</Scale><Label><![CDATA[梅江区]]></Label>',
      { Location_X: 23.134521, Location_Y: 113.358803, Scale: 20, Label: '梅江区' },
    ],
    [
      'link',
      '<Title><![CDATA[公告]]></Title><Description><![CDATA[说明]]></Description><Url><![CDATA[https://example.com]]></Url>',
      { Title: '公告', Description: '说明', Url: 'https://example.com' },
    ],
    [
      'file',
      '<Title><![CDATA[a.pdf]]></Title><FileTotalLen>12</FileTotalLen>',
      { Title: 'a.pdf', FileTotalLen: 12 },
    ],
    [
      'miniprogrampage',
      '<AppId>wx1</AppId><PagePath>p</PagePath>',
      { AppId: 'wx1', PagePath: 'p', Title: '' },
    ],
    ['device_text', '<DeviceID>d</DeviceID><Content>AQ==</Content>', { DeviceID: 'd', Content: 'AQ==' }],
    ['device_event', '<OpType>0</OpType>', { OpType: 0 }],
    ['hardware', '', {}],
  ])('of type %s has its fields', (type, fields, expected) => {
    expect(read(message(type, fields))).toMatchObject({ type, ...expected });
  });

  it('of an unknown type says which, and loses nothing', () => {
    const hologram = read(message('hologram', '<Depth>3</Depth>'));
    expect(hologram).toMatchObject({ type: 'unknown', MsgType: 'hologram', FromUserName: openid });
    expect(hologram.raw['Depth']).toBe('3');
  });

  it('in JSON is read like one in XML', () => {
    const json = '{"MsgType":"location","Location_X":23.1,"Location_Y":"113.3","MsgId":6054768590064713728}';
    expect(read(json)).toMatchObject({
      type: 'location',
      Location_X: 23.1,
      Location_Y: 113.3,
      MsgId: '6054768590064713728',
    });
  });
});

describe('an event', () => {
  it.each([
    ['subscribe', 'subscribe', '<EventKey></EventKey>', { EventKey: '', Ticket: '' }],
    [
      'subscribe',
      'subscribe',
      '<EventKey><![CDATA[qrscene_123123]]></EventKey><Ticket><![CDATA[TICKET]]></Ticket>',
      { EventKey: 'qrscene_123123', Ticket: 'TICKET' },
    ],
    ['unsubscribe', 'unsubscribe', '<EventKey></EventKey>', { EventKey: '' }],
    ['SCAN', 'scan', '<EventKey>hall-3</EventKey><Ticket>T</Ticket>', { EventKey: 'hall-3', Ticket: 'T' }],
    ['scan', 'scan', '<EventKey>hall-3</EventKey>', { EventKey: 'hall-3' }],
    [
      'LOCATION',
      'location',
      '<Latitude>23.137466</Latitude><Longitude>113.352425</Longitude><Precision>119.385040</Precision>',
      { Latitude: 23.137466, Longitude: 113.352425, Precision: 119.38504 },
    ],
    ['CLICK', 'click', '<EventKey>node:hukou</EventKey>', { EventKey: 'node:hukou', MenuId: '' }],
    ['VIEW', 'view', '<EventKey>https://example.com</EventKey><MenuId>7</MenuId>', { MenuId: '7' }],
    ['view_miniprogram', 'view_miniprogram', '<EventKey>pages/a</EventKey>', { EventKey: 'pages/a' }],
    [
      'scancode_waitmsg',
      'scancode_waitmsg',
      '<EventKey>6</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult><![CDATA[2]]></ScanResult></ScanCodeInfo>',
      { EventKey: '6', ScanCodeInfo: { ScanType: 'qrcode', ScanResult: '2' } },
    ],
    [
      'pic_weixin',
      'pic_weixin',
      '<SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item><item><PicMd5Sum>b</PicMd5Sum></item></PicList></SendPicsInfo>',
      { SendPicsInfo: { Count: 2, PicList: [{ PicMd5Sum: 'a' }, { PicMd5Sum: 'b' }] } },
    ],
    [
      'location_select',
      'location_select',
      '<SendLocationInfo><Location_X>23</Location_X><Location_Y>113</Location_Y><Scale>15</Scale><Label><![CDATA[广州]]></Label><Poiname></Poiname></SendLocationInfo>',
      { SendLocationInfo: { Location_X: 23, Location_Y: 113, Scale: 15, Label: '广州', Poiname: '' } },
    ],
    [
      'TEMPLATESENDJOBFINISH',
      'templatesendjobfinish',
      '<MsgID>1700827132819554304</MsgID><Status><![CDATA[failed: system failed]]></Status>',
      { MsgID: '1700827132819554304', Status: 'failed: system failed' },
    ],
    [
      'PUBLISHJOBFINISH',
      'publishjobfinish',
      '<PublishEventInfo><publish_id>2247503051</publish_id><publish_status>2</publish_status><article_id>a</article_id><article_detail><count>1</count><item><idx>1</idx><article_url>u</article_url></item></article_detail><fail_idx>1</fail_idx><fail_idx>2</fail_idx></PublishEventInfo>',
      {
        PublishEventInfo: {
          publish_id: '2247503051',
          publish_status: 2,
          article_id: 'a',
          article_detail: { count: 1, item: [{ idx: 1, article_url: 'u' }] },
          fail_idx: [1, 2],
        },
      },
    ],
    ['kf_switch_session', 'kf_switch_session', '<ToKfAccount>a@b</ToKfAccount>', { ToKfAccount: 'a@b' }],
    ['annual_renew', 'annual_renew', '<ExpiredTime>1442401156</ExpiredTime>', { ExpiredTime: 1442401156 }],
    [
      'naming_verify_fail',
      'naming_verify_fail',
      '<FailTime>1442401061</FailTime><FailReason><![CDATA[by time]]></FailReason>',
      { FailTime: 1442401061, FailReason: 'by time' },
    ],
    [
      'user_authorization_revoke',
      'user_authorization_revoke',
      '<OpenID>o</OpenID><AppID>wx1</AppID><RevokeInfo>201</RevokeInfo>',
      { OpenID: 'o', AppID: 'wx1', RevokeInfo: '201' },
    ],
    [
      'user_get_card',
      'user_get_card',
      '<CardId>c</CardId><IsGiveByFriend>1</IsGiveByFriend>',
      { IsGiveByFriend: 1 },
    ],
  ])('%s has its fields', (wire, event, fields, expected) => {
    expect(read(eventXml(wire, fields))).toMatchObject({
      type: 'event',
      event,
      FromUserName: openid,
      ...expected,
    });
  });

  it('reports a mass send with lists of one, of several and of none', () => {
    const report = read(
      eventXml(
        'MASSSENDJOBFINISH',
        `<MsgID>1000001625</MsgID><Status><![CDATA[err(30003)]]></Status><TotalCount>130000</TotalCount>
        <FilterCount>129990</FilterCount><SentCount>129980</SentCount><ErrorCount>10</ErrorCount>
        <CopyrightCheckResult><Count>2</Count><ResultList><item><ArticleIdx>1</ArticleIdx><CanReprint>1</CanReprint></item>
        <item><ArticleIdx>2</ArticleIdx></item></ResultList><CheckState>2</CheckState></CopyrightCheckResult>
        <ArticleUrlResult><Count>1</Count><ResultList><item><ArticleIdx>1</ArticleIdx><ArticleUrl><![CDATA[u]]></ArticleUrl></item></ResultList></ArticleUrlResult>`,
      ),
    );
    expect(report).toMatchObject({
      MsgID: '1000001625',
      Status: 'err(30003)',
      SentCount: 129980,
      CopyrightCheckResult: {
        CheckState: 2,
        ResultList: [{ ArticleIdx: 1, CanReprint: 1 }, { ArticleIdx: 2 }],
      },
      ArticleUrlResult: { Count: 1, ResultList: [{ ArticleIdx: 1, ArticleUrl: 'u' }] },
    });
    const empty = eventXml(
      'MASSSENDJOBFINISH',
      '<ArticleUrlResult><Count>0</Count><ResultList>\n</ResultList></ArticleUrlResult>',
    );
    expect(read(empty)).toMatchObject({
      ArticleUrlResult: { ResultList: [] },
      CopyrightCheckResult: { ResultList: [] },
    });
  });

  const consent = { TemplateId: 'VRR0UEO9', SubscribeStatusString: 'accept', PopupScene: 2 };
  const consentXml =
    '<List><TemplateId>VRR0UEO9</TemplateId><SubscribeStatusString>accept</SubscribeStatusString><PopupScene>2</PopupScene></List>';
  const consentJson = JSON.stringify(consent);

  it.each([
    ['one in XML', popupXml(consentXml), [consent]],
    ['two in XML', popupXml(consentXml + consentXml), [consent, consent]],
    ['none in XML', popupXml(''), []],
    ['one in JSON', popupJson(`"List":${consentJson}`), [consent]],
    ['two in JSON', popupJson(`"List":[${consentJson},${consentJson}]`), [consent, consent]],
    ['one below the name in JSON', popupJson(`"SubscribeMsgPopupEvent":{"List":${consentJson}}`), [consent]],
    ['a list under the name in JSON', popupJson(`"SubscribeMsgPopupEvent":[${consentJson}]`), [consent]],
  ])('lists consents: %s', (_name, body, expected) => {
    expect(read(body)).toMatchObject({ event: 'subscribe_msg_popup_event', List: expected });
  });

  it('tells how a subscription message ended', () => {
    const sent =
      '<List><TemplateId>T</TemplateId><MsgID>1700827132819554304</MsgID><ErrorCode>0</ErrorCode><ErrorStatus>success</ErrorStatus></List>';
    expect(
      read(eventXml('subscribe_msg_sent_event', `<SubscribeMsgSentEvent>${sent}</SubscribeMsgSentEvent>`)),
    ).toMatchObject({
      List: [{ TemplateId: 'T', MsgID: '1700827132819554304', ErrorCode: 0, ErrorStatus: 'success' }],
    });
  });

  it('reads pictures whose list repeats its wrapper', () => {
    const pictures =
      '<SendPicsInfo><PicList><item><PicMd5Sum>a</PicMd5Sum></item></PicList><PicList><item><PicMd5Sum>b</PicMd5Sum></item></PicList></SendPicsInfo>';
    expect(read(eventXml('pic_sysphoto', pictures))).toMatchObject({
      SendPicsInfo: { PicList: [{ PicMd5Sum: 'a' }, { PicMd5Sum: 'b' }] },
    });
  });

  it('that is unknown says which, and loses nothing', () => {
    const unknown = read(eventXml('Sign_In', '<Streak>3</Streak>'));
    expect(unknown).toMatchObject({ type: 'event', event: 'unknown', Event: 'Sign_In' });
    expect(unknown.raw['Streak']).toBe('3');
  });

  it.each([...new Set(events.map(({ name }) => name))])(
    '%s is known in any case, even without a field',
    (name) => {
      expect(read(eventXml(name.toUpperCase(), ''))).toMatchObject({ type: 'event', event: name });
    },
  );

  it('is in the table once', () => {
    expect(new Set(events.map(({ name }) => name)).size).toBe(events.length);
  });
});

describe('odd fields never throw', () => {
  it.each([
    ['nothing at all', {}],
    ['a nested Content', { MsgType: 'text', Content: { A: '1' } }],
    ['two MsgTypes', { MsgType: ['text', 'image'], Content: ['a', 'b'] }],
    ['a text for a group', { MsgType: 'event', Event: 'pic_weixin', SendPicsInfo: 'x' }],
    [
      'null for a list',
      { MsgType: 'event', Event: 'publishjobfinish', PublishEventInfo: { fail_idx: null } },
    ],
    ['a word for a number', { MsgType: 'location', Location_X: 'north', Location_Y: '', Scale: 'Infinity' }],
    ['names that objects inherit', { MsgType: 'constructor' }],
    ['an event with such a name', { MsgType: 'event', Event: '__proto__' }],
  ])('%s', (_name, body) => {
    const read = parseInbound(body);
    expect(read.FromUserName).toBe('');
    expect(read.CreateTime).toBeUndefined();
    expect(read.raw).toBe(body);
  });

  it('a missing number is no number, a missing text is empty', () => {
    expect(read(message('location', '<Location_X>x</Location_X>'))).toMatchObject({
      Location_X: undefined,
      Location_Y: undefined,
      Label: '',
    });
  });
});

function read(body: string): InboundMessage {
  return parseInbound(parseBody(body));
}

function message(type: string, fields: string): string {
  return `<xml>${head(type)}${fields}<MsgId>6054768590064713728</MsgId></xml>`;
}

function eventXml(name: string, fields: string): string {
  return `<xml>${head('event')}<Event><![CDATA[${name}]]></Event>${fields}</xml>`;
}

function head(type: string): string {
  return (
    `<ToUserName><![CDATA[gh_7f083739789a]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName>` +
    `<CreateTime>1407743423</CreateTime><MsgType><![CDATA[${type}]]></MsgType>`
  );
}

function popupXml(list: string): string {
  return eventXml('subscribe_msg_popup_event', `<SubscribeMsgPopupEvent>${list}</SubscribeMsgPopupEvent>`);
}

function popupJson(field: string): string {
  return `{"MsgType":"event","Event":"subscribe_msg_popup_event",${field}}`;
}
