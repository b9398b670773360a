import { shallowRef, type ShallowRef } from 'vue';
import { ApiError } from './api-error.js';

export interface Action<Input extends unknown[]> {
  /** Does it, unless it is being done already. @returns whether it was done. */
  run(...input: Input): Promise<boolean>;
  readonly busy: Readonly<ShallowRef<boolean>>;
  /** Why the last attempt was refused, for the form to show; what is not about fields has been said in a toast. */
  readonly refusal: Readonly<ShallowRef<ApiError | undefined>>;
  /** The sentence about a field, by its path: `body.name`. */
  faultOf(path: string): string;
}

/** @param tell shows a failure that is not about single fields. */
export function createUseAction(tell: (error: unknown) => void) {
  /** Something that a button does: once at a time, and a failure is told. */
  return function useAction<Input extends unknown[]>(
    act: (...input: Input) => Promise<unknown>,
  ): Action<Input> {
    const busy = shallowRef(false);
    const refusal = shallowRef<ApiError>();
    return {
      busy,
      refusal,
      faultOf: (path) => refusal.value?.fieldFaults[path] ?? '',
      async run(...input) {
        if (busy.value) return false;
        busy.value = true;
        refusal.value = undefined;
        try {
          await act(...input);
          return true;
        } catch (error) {
          if (error instanceof ApiError) refusal.value = error;
          if (!(error instanceof ApiError) || Object.keys(error.fieldFaults).length === 0) tell(error);
          return false;
        } finally {
          busy.value = false;
        }
      },
    };
  };
}
