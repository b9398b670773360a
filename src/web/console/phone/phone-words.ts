/** What a service would have been asked to do; the names are those of the dialog's requests. */
const requestNames: Readonly<Record<string, string>> = {
  'duty.alert': '通知值班人员',
  'feedback.rate': '记下市民的评价',
};

export function sayRequest(name: string): string {
  return requestNames[name] ?? name;
}
