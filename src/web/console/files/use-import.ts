import { shallowRef, type ShallowRef } from 'vue';
import type { ChangeView } from '../../../api-types/content.js';
import { compareFiles, importFiles, readDraft, readFiles } from '../draft/draft-calls.js';
import { noteDraftChange } from '../draft/draft-changes.js';
import { useAccount } from '../session/use-account.js';
import { ApiError } from '../../shared/api-error.js';
import { toast } from '../shared/toast.js';
import type { Action } from '../../shared/create-use-action.js';
import { useAction } from '../shared/use-action.js';
import { readFaults, type FileFault } from './read-faults.js';
import { readUpload, UnreadableUpload, type FileTexts, type NamedFile } from './read-upload.js';

/** What an import would do, or why it cannot be done. */
export interface ImportPlan {
  files: FileTexts;
  names: string[];
  ignored: string[];
  /** The rest of the draft goes; else the files only replace their like. */
  isWhole: boolean;
  faults: FileFault[];
  /** Of the draft that was compared with. */
  revision: number;
  total: number;
  changes: ChangeView[];
}

export interface Import {
  readonly plan: Readonly<ShallowRef<ImportPlan | undefined>>;
  /** Reads the chosen files and asks what they would change. */
  readonly prepare: Action<[readonly NamedFile[]]>;
  readonly apply: Action<[]>;
  cancel(): void;
}

/** Files are looked at first, and only then put into the draft. */
export function useImport(): Import {
  const { accountId } = useAccount();
  const plan = shallowRef<ImportPlan>();

  const prepare = useAction(async (chosen: readonly NamedFile[]) => {
    plan.value = undefined;
    const params = { accountId: accountId.value };
    await readDraft({ params });
    try {
      const { files, ignored, isWhole } = await readUpload(chosen, accountId.value);
      const names = Object.keys(files).sort();
      if (names.length === 0) throw new UnreadableUpload('没有找到 .yaml 文件');
      const all = isWhole ? files : { ...(await readFiles({ params })).files, ...files };
      const begun = { files: all, names, ignored, isWhole, faults: [], revision: 0, total: 0, changes: [] };
      plan.value = await compare(begun);
    } catch (error) {
      if (!(error instanceof UnreadableUpload)) throw error;
      toast.failed(new ApiError(0, 'unreadable_upload', error.message));
    }
  });

  async function compare(begun: ImportPlan): Promise<ImportPlan> {
    try {
      const params = { accountId: accountId.value };
      return { ...begun, ...(await compareFiles({ params, body: { files: begun.files } })) };
    } catch (error) {
      const faults = error instanceof ApiError ? readFaults(error) : undefined;
      if (!faults) throw error;
      return { ...begun, faults };
    }
  }

  const apply = useAction(async () => {
    if (!plan.value) return;
    const { files, revision: baseRevision } = plan.value;
    await importFiles({ params: { accountId: accountId.value }, body: { files, baseRevision } });
    noteDraftChange();
    plan.value = undefined;
    toast.done('已导入到草稿');
  });

  return { plan, prepare, apply, cancel: () => (plan.value = undefined) };
}
