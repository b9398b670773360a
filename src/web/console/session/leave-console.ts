import { toast } from '../shared/toast.js';
import { useSession } from './session-store.js';

/** Signs out. The page is loaded anew, so that nothing of the person stays in this tab. */
export async function leaveConsole(): Promise<void> {
  try {
    await useSession().signOut();
  } catch (error) {
    toast.failed(error);
    return;
  }
  window.location.assign(import.meta.env.BASE_URL);
}
