import type { DutyAlertView } from '../../../api-types/duty.js';
import { formatMinute } from '../../shared/format-time.js';

export const alertStates: Readonly<Record<DutyAlertView['state'], string>> = {
  open: '没有人接手',
  seen: '已接手',
  closed: '已办结',
};

/** Who did what with an alert, a line each. */
export function sayHistory({ seen, closed }: DutyAlertView): string[] {
  return [
    ...(seen ? [`${seen.by.name} ${formatMinute(seen.at)} 接手`] : []),
    ...(closed ? [`${closed.by.name} ${formatMinute(closed.at)} 办结：${closed.note}`] : []),
  ];
}
