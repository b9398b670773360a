import { defineStore } from 'pinia';
import { computed, ref, shallowReactive } from 'vue';
import type { PhoneInput } from '../../../api-types/content-phone.js';
import { sayError } from '../../shared/api-error.js';
import {
  letPlaceExpire,
  newConversation,
  showInput,
  type Conversation,
  type Exchange,
} from './conversation.js';
import { sayToDraft } from './phone-calls.js';

/** The phones that talk to the drafts, one for each account; they stay as they are while pages come and go. */
export const useDraftPhone = defineStore('draft-phone', () => {
  const isOpen = ref(false);
  const conversations = shallowReactive(new Map<string, Conversation>());
  const busyWith = ref<string>();
  let lastId = 0;

  const conversationOf = (accountId: string) => conversations.get(accountId) ?? newConversation;

  /** Says or does something, and waits for the draft's answer. One thing at a time, as with a real phone. */
  async function send(accountId: string, input: PhoneInput, label?: string): Promise<void> {
    const { state } = conversationOf(accountId);
    await exchange(accountId, { input, said: showInput(input, label), stateBefore: state, isRepeat: false });
  }

  /** Does the last thing again from where the citizen was then: the draft may answer otherwise by now. */
  async function repeatLast(accountId: string): Promise<void> {
    const last = conversationOf(accountId).exchanges.at(-1);
    if (last) await exchange(accountId, { ...last, isRepeat: true });
  }

  /** Hands the phone to somebody who has never been here, and who now follows the account. */
  async function beginAnew(accountId: string): Promise<void> {
    if (busyWith.value !== undefined) return;
    conversations.delete(accountId);
    await send(accountId, { kind: 'follow' });
  }

  function expirePlace(accountId: string): void {
    conversations.set(accountId, letPlaceExpire(conversationOf(accountId), Date.now()));
  }

  async function exchange(
    accountId: string,
    { input, said, stateBefore, isRepeat }: Pick<Exchange, 'input' | 'said' | 'stateBefore' | 'isRepeat'>,
  ): Promise<void> {
    if (busyWith.value !== undefined) return;
    busyWith.value = accountId;
    const { exchanges, aheadMs, state } = conversationOf(accountId);
    const at = Date.now() + aheadMs;
    const begun: Exchange = { id: (lastId += 1), input, said, at, stateBefore, isRepeat };
    const put = (outcome: Exchange['outcome'], stateAfter: unknown) =>
      conversations.set(accountId, {
        exchanges: [...exchanges, { ...begun, ...(outcome && { outcome }) }],
        state: stateAfter,
        aheadMs,
      });
    put(undefined, state);
    try {
      const answer = await sayToDraft({
        params: { accountId },
        body: { state: stateBefore, input, now: at },
      });
      put({ answer }, answer.state);
    } catch (error) {
      put({ failure: sayError(error) }, state);
    } finally {
      busyWith.value = undefined;
    }
  }

  return {
    isOpen,
    isBusy: computed(() => busyWith.value !== undefined),
    conversationOf,
    send,
    repeatLast,
    beginAnew,
    expirePlace,
  };
});
