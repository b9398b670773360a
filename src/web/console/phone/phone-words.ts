/** What a service would have been asked to do; the names are those of the dialog's requests. */
const requestNames: Readonly<Record<string, string>> = {
  'duty.alert': '通知值班人员',
  'feedback.rate': '记下市民的评价',
  'messages.leave': '收下留言',
  'messages.correct': '收下纠错',
  'appointments.services': '查能约的业务',
  'appointments.venues': '查能办的大厅',
  'appointments.days': '查能约的日子',
  'appointments.fulldays': '查约满的日子',
  'appointments.times': '查能约的时间',
  'appointments.cancellable': '查能取消的预约',
  'appointments.movable': '查能改期的预约',
  'appointments.offers': '查等着接受的名额',
  'appointments.hold': '留 10 分钟的位置',
  'appointments.release': '放回留的位置',
  'appointments.book': '约上',
  'appointments.wait': '排进候补',
  'appointments.mine': '查自己的预约',
  'appointments.cancel': '取消预约',
  'appointments.move': '改期',
  'appointments.accept': '接受名额',
};

export function sayRequest(name: string): string {
  return requestNames[name] ?? name;
}
