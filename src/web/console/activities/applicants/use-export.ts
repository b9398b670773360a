import type { z } from 'zod';
import type { applicantExportSchema } from '../../../../api-types/applicants.js';
import type { Action } from '../../../shared/create-use-action.js';
import { confirmWithReason } from '../../shared/confirm.js';
import { fetchFile } from '../../shared/fetch-file.js';
import { useAction } from '../../shared/use-action.js';
import { applicantExportAddress } from '../activity-calls.js';

type Selection = Omit<z.input<typeof applicantExportSchema>, 'reason'>;

/** Everybody of a selection in full, as a spreadsheet, for a reason that goes on record. */
export function useExport(params: () => { accountId: string; activityId: string }): Action<[Selection]> {
  return useAction(async (selection: Selection) => {
    const reason = await confirmWithReason({
      title: '导出名单',
      text: '表格里是完整的姓名、身份证号、手机号和填的内容，请妥善保管，用完删除。谁导出、为什么，会记录下来。',
      confirm: '导出',
      mostCharacters: 200,
    });
    if (reason !== null) await fetchFile(applicantExportAddress(params()), { ...selection, reason });
  });
}
