import { computed, onMounted, onUnmounted, reactive, watch } from 'vue';
import type {
  AccountView,
  ChatEntry,
  CitizenAction,
  LiveUpdate,
  Misbehaviour,
} from '../../api-types/sandbox.js';
import { act, addCitizen, followUpdates, loadChat, loadOverview, setMisbehaviour } from './sandbox-api.js';

const toastMs = 2600;
/** WeChat shows a typing hint for 15 s. */
const typingMs = 15_000;

/** The page's state: who holds the phone, what the chat says, kept up to date by the live stream. */
export function useSandbox() {
  const state = reactive({
    accounts: new Array<AccountView>(),
    pictures: new Array<{ id: string; title: string; url: string }>(),
    places: new Array<{ id: string; label: string }>(),
    endpoints: new Array<string>(),
    accountId: '',
    openid: '',
    entries: new Array<ChatEntry>(),
    typing: false,
    connected: false,
    toast: '',
  });
  /** Messages to citizens whose chat is not open, by openid. */
  const unread = reactive(new Map<string, number>());
  const timers = { toast: 0, typing: 0 };

  const account = computed(() => state.accounts.find(({ accountId }) => accountId === state.accountId));
  const citizen = computed(() => account.value?.citizens.find(({ openid }) => openid === state.openid));

  watch(() => [state.accountId, state.openid], openChat);

  let stop: () => void = () => undefined;
  onMounted(() => {
    stop = followUpdates({
      onOpen: () => void attempt(reload),
      onBreak: () => (state.connected = false),
      onUpdate: receive,
    });
  });
  onUnmounted(() => stop());

  async function reload(): Promise<void> {
    Object.assign(state, await loadOverview());
    state.connected = true;
    if (!citizen.value) choose(...fromAddress());
    if (!citizen.value) choose(state.accounts[0]?.accountId ?? '');
    await openChat();
  }

  async function openChat(): Promise<void> {
    const { accountId, openid } = state;
    if (openid === '') return;
    unread.delete(openid);
    showTyping(false);
    history.replaceState(null, '', `#${accountId}/${openid}`);
    // The simulated sign-in page sees by it whose phone opens a web page.
    document.cookie = `suishen-sandbox-phone=${openid}; path=/sandbox; samesite=lax`;
    const entries = await loadChat(accountId, openid);
    if (openid === state.openid) state.entries = entries;
  }

  /** Hands the phone to somebody; without a name to the account's first citizen. */
  function choose(accountId: string, openid?: string): void {
    const chosen = state.accounts.find((candidate) => candidate.accountId === accountId);
    state.accountId = accountId;
    state.openid = openid ?? chosen?.citizens[0]?.openid ?? '';
    state.entries = [];
  }

  function receive(update: LiveUpdate): void {
    if (update.type === 'account') {
      const index = state.accounts.findIndex(({ accountId }) => accountId === update.account.accountId);
      if (index !== -1) state.accounts[index] = update.account;
    } else if (update.openid !== state.openid) {
      if (update.type === 'entry' && update.entry.from === 'account') {
        unread.set(update.openid, (unread.get(update.openid) ?? 0) + 1);
      }
    } else if (update.type === 'typing') {
      showTyping(update.typing);
    } else {
      const index = state.entries.findIndex(({ id }) => id === update.entry.id);
      if (index === -1) state.entries.push(update.entry);
      else state.entries[index] = update.entry;
    }
  }

  function perform(action: CitizenAction): Promise<boolean> {
    return attempt(() => act(state.accountId, state.openid, action));
  }

  function welcome(nickname: string): Promise<boolean> {
    return attempt(async () => {
      const added = await addCitizen(state.accountId, nickname);
      state.accounts = (await loadOverview()).accounts;
      choose(state.accountId, added.openid);
    });
  }

  function misbehave(change: Partial<Misbehaviour>): Promise<boolean> {
    return attempt(async () => {
      if (account.value) await setMisbehaviour(state.accountId, { ...account.value.misbehaviour, ...change });
    });
  }

  function showToast(text: string): void {
    state.toast = text;
    window.clearTimeout(timers.toast);
    timers.toast = window.setTimeout(() => (state.toast = ''), toastMs);
  }

  function showTyping(typing: boolean): void {
    state.typing = typing;
    window.clearTimeout(timers.typing);
    if (typing) timers.typing = window.setTimeout(() => (state.typing = false), typingMs);
  }

  /** Shows what went wrong instead of throwing; false then. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      showToast(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  return { state, unread, account, citizen, choose, perform, welcome, misbehave, showToast };
}

export type SandboxStore = ReturnType<typeof useSandbox>;

/** The account and citizen named in the address, so that a reload keeps the chat. */
function fromAddress(): [string, string] {
  const [accountId = '', openid = ''] = decodeURIComponent(location.hash.slice(1)).split('/');
  return [accountId, openid];
}
