/** The content thread from its source: a worker thread has no loader of its own for TypeScript. */
import { register } from 'tsx/esm/api';

register();
await import('../../src/features/content/work/content-thread.ts');
