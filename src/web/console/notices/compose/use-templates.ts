import type { z } from 'zod';
import type { templateListSchema } from '../../../../api-types/notices.js';
import { useLoad, type Load } from '../../../shared/use-load.js';
import { useAccount } from '../../session/use-account.js';
import { listTemplates } from '../notice-calls.js';

export type TemplateView = z.output<typeof templateListSchema>['templates'][number];

/** The templates that the account of the address has at the platform. */
export function useTemplates(): Load<TemplateView[]> {
  const { accountId } = useAccount();
  return useLoad(
    () => accountId.value,
    async (id, signal) => (await listTemplates({ params: { accountId: id } }, signal)).templates,
  );
}
