import { computed, onMounted, onUnmounted, reactive, watch } from 'vue';
import type {
  ChatEntry,
  CitizenAction,
  CitizenView,
  LiveUpdate,
  Misbehaviour,
  Overview,
} from '../../api-types/sandbox.js';
import {
  act,
  addCitizen,
  changePayCertificate,
  findCitizens,
  followUpdates,
  loadChat,
  loadOverview,
  setMisbehaviour,
} from './sandbox-api.js';

const toastMs = 2600;
/** WeChat shows a typing hint for 15 s. */
const typingMs = 15_000;

interface PageState extends Overview {
  accountId: string;
  openid: string;
  /** Whose phone it is, where the account's list does not hold them. */
  visitor: CitizenView | null;
  entries: ChatEntry[];
  /** What lies over the chat: a question for consent, or the consents given. */
  sheet: '' | 'ask' | 'manage';
  typing: boolean;
  connected: boolean;
  toast: string;
}

/** The page's state: who holds the phone, what the chat says, kept up to date by the live stream. */
export function useSandbox() {
  const state = reactive<PageState>({
    accounts: [],
    pictures: [],
    places: [],
    endpoints: [],
    accountId: '',
    openid: '',
    visitor: null,
    entries: [],
    sheet: '',
    typing: false,
    connected: false,
    toast: '',
  });
  /** Messages to citizens whose chat is not open, by openid. */
  const unread = reactive(new Map<string, number>());
  const timers = { toast: 0, typing: 0 };

  const account = computed(() => state.accounts.find(({ accountId }) => accountId === state.accountId));
  const citizen = computed(() => {
    const listed = account.value?.citizens.find(({ openid }) => openid === state.openid);
    return listed ?? (state.visitor?.openid === state.openid ? state.visitor : undefined);
  });

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
    if (!citizen.value) await visit(...fromAddress());
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
    const chat = await loadChat(accountId, openid);
    if (openid !== state.openid) return;
    state.visitor = chat.citizen;
    state.entries = chat.entries;
  }

  /** The phone of somebody who may not be in the list; stays where it is when there is nobody. */
  async function visit(accountId: string, openid: string): Promise<void> {
    if (openid === '') return;
    const chat = await loadChat(accountId, openid).catch(() => null);
    if (!chat) return;
    take(accountId, chat.citizen);
  }

  /** Hands the phone to somebody who was found. */
  function take(accountId: string, person: CitizenView): void {
    state.visitor = person;
    choose(accountId, person.openid);
  }

  function find(search: string): Promise<CitizenView[]> {
    return findCitizens(state.accountId, search);
  }

  function openSheet(sheet: PageState['sheet']): void {
    state.sheet = sheet;
  }

  /** Hands the phone to somebody; without a name to the account's first citizen. */
  function choose(accountId: string, openid?: string): void {
    const chosen = state.accounts.find((candidate) => candidate.accountId === accountId);
    state.accountId = accountId;
    state.openid = openid ?? chosen?.citizens[0]?.openid ?? '';
    state.entries = [];
    state.sheet = '';
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

  async function changeCertificate(): Promise<void> {
    if (await attempt(() => changePayCertificate(state.accountId))) showToast('已换上新的平台证书');
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

  return {
    state,
    unread,
    account,
    citizen,
    choose,
    take,
    find,
    perform,
    welcome,
    misbehave,
    changeCertificate,
    openSheet,
    showToast,
  };
}

export type SandboxStore = ReturnType<typeof useSandbox>;

/** The account and citizen named in the address, so that a reload keeps the chat. */
function fromAddress(): [string, string] {
  const [accountId = '', openid = ''] = decodeURIComponent(location.hash.slice(1)).split('/');
  return [accountId, openid];
}
