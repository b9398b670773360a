import { EventEmitter } from 'node:events';
import type {
  AccountView,
  ChatEntry,
  LiveUpdate,
  MenuButtonView,
  Misbehaviour,
} from '../api-types/sandbox.js';
import type { Clock } from '../core/clock.js';
import type { WechatAccount } from '../wechat/account.js';
import type { AccountState, CitizenState, PlatformButton, SandboxState } from './account-state.js';
import { randomText } from './random-text.js';
import type { SandboxAccount } from './sandbox-options.js';

/** Entries of one chat that are kept; older ones are forgotten. */
const chatLength = 500;
/** New citizens of each account: none follows yet, so that following shows the welcome. */
const firstCitizens = ['阿梅', '老张', '小陈'];
const openidAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export interface WorldAccount {
  readonly account: WechatAccount;
  readonly name: string;
  /** The platform's own id of the account, `gh_…`: ToUserName of its messages. */
  readonly originalId: string;
  readonly offeredScenes: readonly { scene: string; title: string }[];
  readonly state: AccountState;
  readonly citizens: Map<string, CitizenState>;
  misbehaviour: Misbehaviour;
}

/** Everybody and everything on the simulated platform: accounts, citizens, chats, menus. Announces each change. */
export class World {
  readonly accounts = new Map<string, WorldAccount>();
  readonly #updates = new EventEmitter<{ update: [LiveUpdate] }>().setMaxListeners(0);
  #lastId = 0;

  constructor(
    accounts: readonly SandboxAccount[],
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {
    for (const { account, name, scenes = [] } of accounts) {
      const state: AccountState = { accountId: account.accountId, menu: null, qrCodes: [], citizens: [] };
      const settled = this.#settle(account, name, scenes, state);
      this.accounts.set(account.accountId, settled);
      for (const nickname of firstCitizens) this.addCitizen(settled, nickname);
    }
  }

  /** Takes over what was saved; accounts that are no longer configured are dropped. */
  restore(saved: SandboxState): void {
    this.#lastId = Math.max(this.#lastId, saved.lastId);
    for (const state of saved.accounts) {
      const known = this.accounts.get(state.accountId);
      if (!known) continue;
      for (const { chat } of state.citizens) chat.forEach(endDelivery);
      this.accounts.set(state.accountId, this.#settle(known.account, known.name, known.offeredScenes, state));
    }
  }

  snapshot(): SandboxState {
    return {
      version: 1,
      lastId: this.#lastId,
      accounts: [...this.accounts.values()].map(({ state }) => state),
    };
  }

  onUpdate(listener: (update: LiveUpdate) => void): () => void {
    this.#updates.on('update', listener);
    return () => this.#updates.off('update', listener);
  }

  addCitizen(account: WorldAccount, nickname: string): CitizenState {
    const citizen: CitizenState = {
      openid: `o${randomText(this.random, 27, openidAlphabet)}`,
      nickname,
      following: false,
      followedAt: 0,
      followScene: null,
      lastActiveAt: 0,
      typingUntil: 0,
      grants: [],
      chat: [],
    };
    account.state.citizens.push(citizen);
    account.citizens.set(citizen.openid, citizen);
    this.announceAccount(account);
    return citizen;
  }

  /** Adds to the chat. What the account says ends its typing hint. */
  say(
    account: WorldAccount,
    citizen: CitizenState,
    entry: Pick<ChatEntry, 'from' | 'content'> & Partial<Pick<ChatEntry, 'delivery' | 'via'>>,
  ): ChatEntry {
    const added: ChatEntry = { delivery: null, via: null, ...entry, id: this.nextId(), at: this.clock.now() };
    citizen.chat.push(added);
    citizen.chat.splice(0, citizen.chat.length - chatLength);
    if (entry.from === 'account' && citizen.typingUntil > 0) this.setTyping(account, citizen, 0);
    this.announceEntry(account, citizen, added);
    return added;
  }

  setTyping(account: WorldAccount, citizen: CitizenState, until: number): void {
    citizen.typingUntil = until;
    this.#announce({
      type: 'typing',
      accountId: account.account.accountId,
      openid: citizen.openid,
      typing: until > this.clock.now(),
    });
  }

  announceEntry(account: WorldAccount, citizen: CitizenState, entry: ChatEntry): void {
    this.#announce({ type: 'entry', accountId: account.account.accountId, openid: citizen.openid, entry });
  }

  announceAccount(account: WorldAccount): void {
    this.#announce({ type: 'account', account: viewAccount(account, this.clock.now()) });
  }

  /** Ascending and unique within the sandbox. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #announce(update: LiveUpdate): void {
    this.#updates.emit('update', update);
  }

  #settle(
    account: WechatAccount,
    name: string,
    offeredScenes: WorldAccount['offeredScenes'],
    state: AccountState,
  ): WorldAccount {
    return {
      account,
      name,
      originalId: originalIdOf(account),
      offeredScenes,
      state,
      citizens: new Map(state.citizens.map((citizen) => [citizen.openid, citizen])),
      misbehaviour: { slowMs: 0, duplicateAll: false, outOfOrder: false, faults: [] },
    };
  }
}

/** What the phone page may know of an account: nothing secret. */
export function viewAccount(account: WorldAccount, now: number): AccountView {
  const offered = new Map(account.offeredScenes.map(({ scene, title }) => [scene, title]));
  for (const { scene, expiresAt } of account.state.qrCodes) {
    if (!offered.has(scene) && (expiresAt ?? Infinity) > now) offered.set(scene, scene);
  }
  return {
    accountId: account.account.accountId,
    name: account.name,
    messageMode: account.account.messageMode,
    menu: (account.state.menu ?? []).map(viewButton),
    scenes: [...offered].map(([scene, title]) => ({ scene, title })),
    citizens: account.state.citizens.map(({ openid, nickname, following }) => ({
      openid,
      nickname,
      following,
    })),
    misbehaviour: account.misbehaviour,
  };
}

function viewButton(button: PlatformButton & { sub_button?: PlatformButton[] | undefined }): MenuButtonView {
  const view = ({ name, type, url }: PlatformButton) => ({ name, type: type ?? '', url: url ?? null });
  return { ...view(button), children: (button.sub_button ?? []).map(view) };
}

/** What was under way when the sandbox stopped arrives no more. */
function endDelivery({ delivery }: ChatEntry): void {
  if (delivery?.state !== 'waiting' && delivery?.state !== 'sending') return;
  delivery.state = 'failed';
  delivery.problem = 'the sandbox was restarted';
}

/** The same account has the same id after a restart. */
function originalIdOf(account: WechatAccount): string {
  return `gh_${Buffer.from(account.appId).toString('hex').slice(-12).padStart(12, '0')}`;
}
