import { ElMessage } from 'element-plus';
import { ApiError, sayError } from '../../shared/api-error.js';

/** A line that appears at the top and goes by itself. What the clerk must act on belongs in the page instead. */
export const toast = {
  done(text: string): void {
    ElMessage({ type: 'success', message: text, grouping: true });
  },
  /** Says why; what is no refusal but a bug also reaches the browser's own log. */
  failed(error: unknown): void {
    if (!(error instanceof ApiError)) window.reportError(error);
    ElMessage({ type: 'error', message: sayError(error), grouping: true, showClose: true, duration: 6_000 });
  },
};
