import { createUseAction } from '../../shared/create-use-action.js';
import { toast } from './toast.js';

/** Something that a button does: once at a time, and a failure is told. */
export const useAction = createUseAction((error) => toast.failed(error));
