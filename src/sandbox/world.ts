import { EventEmitter } from 'node:events';
import type { ChatEntry, LiveUpdate, Misbehaviour } from '../api-types/sandbox.js';
import type { Clock } from '../core/clock.js';
import type { WechatAccount } from '../wechat/account.js';
import {
  newCitizen,
  type AccountState,
  type CitizenState,
  type CountedChannel,
  type SandboxState,
} from './account-state.js';
import { viewAccount } from './account-view.js';
import { firstSubscriptionTemplates, firstTemplates, ownTemplates } from './first-templates.js';
import { goodConduct } from './misbehaviour/conduct.js';
import { PhonesAtHand } from './phones-at-hand.js';
import { randomText } from './random-text.js';
import type { SandboxAccount } from './sandbox-options.js';
import { sandboxTexts } from './sandbox-texts.js';

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
  readonly atHand: PhonesAtHand;
  misbehaviour: Misbehaviour;
}

/** Everybody and everything on the simulated platform: accounts, citizens, chats, menus. Announces each change. */
export class World {
  readonly accounts = new Map<string, WorldAccount>();
  readonly #updates = new EventEmitter<{ update: [LiveUpdate]; change: [] }>().setMaxListeners(0);
  #lastId = 0;

  constructor(
    accounts: readonly SandboxAccount[],
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {
    for (const { account, name, scenes = [] } of accounts) {
      const state: AccountState = {
        accountId: account.accountId,
        menu: null,
        qrCodes: [],
        citizens: [],
        templates: [],
        subscriptionTemplates: [],
        tags: [],
        pay: null,
      };
      const settled = settle(account, name, scenes, state);
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
      this.accounts.set(state.accountId, settle(known.account, known.name, known.offeredScenes, state));
    }
  }

  snapshot(): SandboxState {
    return {
      version: 1,
      lastId: this.#lastId,
      accounts: [...this.accounts.values()].map(({ state }) => state),
    };
  }

  /** Each change in words for the page. Costs nothing while nobody listens. */
  onUpdate(listener: (update: LiveUpdate) => void): () => void {
    this.#updates.on('update', listener);
    return () => this.#updates.off('update', listener);
  }

  /** That something changed. */
  onChange(listener: () => void): void {
    this.#updates.on('change', listener);
  }

  addCitizen(account: WorldAccount, nickname: string): CitizenState {
    const citizen = newCitizen(`o${randomText(this.random, 27, openidAlphabet)}`, nickname);
    account.state.citizens.push(citizen);
    account.citizens.set(citizen.openid, citizen);
    account.atHand.use(citizen);
    this.announceAccount(account);
    return citizen;
  }

  /** A crowd who follow since now; their phones are not at hand. */
  addFollowers(account: WorldAccount, count: number): CitizenState[] {
    const now = this.clock.now();
    const added = Array.from({ length: count }, () => {
      const openid = `o${randomText(this.random, 27, openidAlphabet)}`;
      const nickname = sandboxTexts.followerName(account.citizens.size + 1);
      const citizen = { ...newCitizen(openid, nickname), following: true, followedAt: now };
      account.citizens.set(openid, citizen);
      account.state.citizens.push(citizen);
      return citizen;
    });
    this.announceAccount(account);
    return added;
  }

  /** The page shows this citizen's phone from now on. */
  takeUp(account: WorldAccount, citizen: CitizenState): void {
    if (account.atHand.use(citizen)) this.announceAccount(account);
  }

  /**
   * Adds to the chat, if the citizen's phone is at hand, and counts what the account sent of its own accord. What the
   * account says ends its typing hint.
   */
  say(
    account: WorldAccount,
    citizen: CitizenState,
    entry: Pick<ChatEntry, 'from' | 'content'> & Partial<Pick<ChatEntry, 'delivery' | 'via'>>,
  ): ChatEntry {
    const added: ChatEntry = { delivery: null, via: null, ...entry, id: this.nextId(), at: this.clock.now() };
    if (isCounted(added.via)) citizen.received[added.via] += 1;
    if (!account.atHand.has(citizen)) return added;
    citizen.chat.push(added);
    if (citizen.chat.length > chatLength) citizen.chat.splice(0, citizen.chat.length - chatLength);
    if (entry.from === 'account' && citizen.typingUntil > 0) this.setTyping(account, citizen, 0);
    this.announceEntry(account, citizen, added);
    return added;
  }

  setTyping(account: WorldAccount, citizen: CitizenState, until: number): void {
    citizen.typingUntil = until;
    this.#announce(() => ({
      type: 'typing',
      accountId: account.account.accountId,
      openid: citizen.openid,
      typing: until > this.clock.now(),
    }));
  }

  announceEntry(account: WorldAccount, citizen: CitizenState, entry: ChatEntry): void {
    if (!account.atHand.has(citizen)) return;
    const { accountId } = account.account;
    this.#announce(() => ({ type: 'entry', accountId, openid: citizen.openid, entry }));
  }

  announceAccount(account: WorldAccount): void {
    this.#announce(() => ({ type: 'account', account: viewAccount(account, this.clock.now()) }));
  }

  /** Ascending and unique within the sandbox. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** As the platform numbers its messages: 64 bits, beyond 2^53, ascending. */
  nextMessageId(): bigint {
    return BigInt(this.clock.now()) * 1_000_000n + BigInt(this.nextId() % 1_000_000);
  }

  #announce(describe: () => LiveUpdate): void {
    this.#updates.emit('change');
    if (this.#updates.listenerCount('update') > 0) this.#updates.emit('update', describe());
  }
}

function settle(
  account: WechatAccount,
  name: string,
  offeredScenes: WorldAccount['offeredScenes'],
  state: AccountState,
): WorldAccount {
  if (state.templates.length === 0) state.templates = firstTemplates(account);
  const known = new Set(state.templates.map(({ id }) => id));
  state.templates.unshift(...ownTemplates(account).filter(({ id }) => !known.has(id)));
  if (state.subscriptionTemplates.length === 0) state.subscriptionTemplates = firstSubscriptionTemplates();
  return {
    account,
    name,
    originalId: originalIdOf(account),
    offeredScenes,
    state,
    citizens: new Map(state.citizens.map((citizen) => [citizen.openid, citizen])),
    atHand: new PhonesAtHand(state.citizens),
    misbehaviour: goodConduct(),
  };
}

function isCounted(via: ChatEntry['via']): via is CountedChannel {
  return via !== null && countedChannels.has(via);
}

const countedChannels = new Set<string>([
  'customer_service',
  'subscription',
  'template',
  'mass',
] satisfies CountedChannel[]);

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
