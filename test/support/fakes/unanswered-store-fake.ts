import type { JournalPosition } from '../../../src/features/conversations/unanswered-reader.js';
import type { UnansweredGroup, Wording } from '../../../src/features/insights/unanswered.js';
import type { Transaction } from '../../../src/core/transaction-runner.js';
import type {
  StateChange,
  UnansweredFilter,
  UnansweredGroupStore,
  UnansweredPage,
} from '../../../src/features/insights/unanswered-group-store.js';
import type {
  Progress,
  StandingTally,
  UnansweredStore,
  WordingTally,
} from '../../../src/features/insights/unanswered-store.js';
import { setOrRestore } from './set-or-restore.js';

type KeptGroup = UnansweredGroup & { terms: readonly string[]; askers: Set<string> };
type KeptWording = Wording & { accountId: string; groupId: string; form: string };

/** Unanswered questions in memory, gathered and looked after; the contract test holds it to the real stores. */
export class UnansweredStoreFake implements UnansweredStore, UnansweredGroupStore {
  readonly standings: StandingTally[] = [];
  readonly #groups = new Map<string, KeptGroup>();
  readonly #wordings: KeptWording[] = [];
  readonly #positions = new Map<string, JournalPosition>();
  #lease = { owner: '', until: 0 };

  async takeLease(owner: string, leaseMs: number): Promise<boolean> {
    const now = performance.now();
    if (this.#lease.owner !== owner && this.#lease.until > now) return false;
    this.#lease = { owner, until: now + leaseMs };
    return true;
  }

  async endLease(owner: string): Promise<void> {
    if (this.#lease.owner === owner) this.#lease.until = 0;
  }

  async findPosition(stream: string, beginning: JournalPosition): Promise<JournalPosition> {
    const position = this.#positions.get(stream) ?? beginning;
    this.#positions.set(stream, position);
    return position;
  }

  async findGroupsOf(accountId: string, forms: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const known = this.#wordings.filter((one) => one.accountId === accountId && forms.includes(one.form));
    return new Map(known.map(({ form, groupId }) => [form, groupId]));
  }

  async findSimilar(accountId: string, terms: readonly string[], limit: number) {
    return [...this.#groups.values()]
      .filter((group) => group.accountId === accountId)
      .map((group) => ({ group, shared: group.terms.filter((term) => terms.includes(term)).length }))
      .filter(({ shared }) => shared > 0)
      .sort((a, b) => b.shared - a.shared || (a.group.id < b.group.id ? -1 : 1))
      .slice(0, limit)
      .map(({ group: { id, terms } }) => ({ id, terms }));
  }

  async record(
    { stream, from, to }: Progress,
    tallies: readonly WordingTally[],
    standings: readonly StandingTally[] = [],
  ): Promise<boolean> {
    const position = this.#positions.get(stream);
    if (position?.at !== from.at || position.id !== from.id) return false;
    this.#positions.set(stream, to);
    for (const tally of tallies) this.#count(tally);
    this.standings.push(...standings);
    return true;
  }

  async find(id: string): Promise<UnansweredGroup | null> {
    const group = this.#groups.get(id);
    return group ? toGroup(group) : null;
  }

  async list(
    { accountId, state, text }: UnansweredFilter,
    { limit, order = 'count', after }: UnansweredPage,
  ): Promise<UnansweredGroup[]> {
    const by = order === 'count' ? byCount : byLatest;
    const last = after === undefined ? undefined : this.#groups.get(after);
    if (after !== undefined && !last) return [];
    return [...this.#groups.values()]
      .filter((group) => group.accountId === (accountId ?? group.accountId))
      .filter((group) => group.state === (state ?? group.state))
      .filter((group) => text === undefined || this.#isWordedWith(group.id, text))
      .filter((group) => !last || by(last, group) < 0)
      .sort(by)
      .slice(0, limit)
      .map(toGroup);
  }

  async countOpen(accountId: string): Promise<number> {
    return [...this.#groups.values()].filter((one) => one.accountId === accountId && one.state === 'open')
      .length;
  }

  async listWordings(groupId: string, limit: number): Promise<Wording[]> {
    return this.#wordings
      .filter((wording) => wording.groupId === groupId)
      .sort((a, b) => b.messages - a.messages || b.lastSeenAt.getTime() - a.lastSeenAt.getTime())
      .slice(0, limit)
      .map(({ text, messages, lastSeenAt }) => ({ text, messages, lastSeenAt }));
  }

  async setState(
    tx: Transaction,
    { id, version }: UnansweredGroup,
    change: StateChange,
  ): Promise<UnansweredGroup> {
    const before = this.#groups.get(id);
    if (before?.version !== version) throw new Error(`the group ${id} is not at version ${version}`);
    const { decision: _before, ...group } = before;
    const decision =
      change.state === 'open' ? {} : { decision: { ...change.decision, messages: group.messages } };
    const after = { ...group, state: change.state, version: version + 1, ...decision };
    setOrRestore(tx, this.#groups, id, after);
    return toGroup(after);
  }

  #isWordedWith(groupId: string, text: string): boolean {
    return this.#wordings.some((one) => one.groupId === groupId && one.text.includes(text));
  }

  #count(tally: WordingTally): void {
    const { accountId, groupId, form, text, messages, firstSeenAt, lastSeenAt, nearest } = tally;
    let wording = this.#wordings.find((one) => one.accountId === accountId && one.form === form);
    if (!wording) {
      wording = { accountId, groupId, form, text, messages: 0, lastSeenAt };
      this.#wordings.push(wording);
    }
    wording.messages += messages;
    if (wording.lastSeenAt < lastSeenAt) wording.lastSeenAt = lastSeenAt;

    const group = this.#groups.get(groupId) ?? emptyGroup(tally);
    this.#groups.set(groupId, group);
    for (const asker of tally.askers) group.askers.add(asker);
    group.citizens = group.askers.size;
    group.messages += messages;
    if (group.firstSeenAt > firstSeenAt) group.firstSeenAt = firstSeenAt;
    if (group.lastSeenAt < lastSeenAt) group.lastSeenAt = lastSeenAt;
    if (nearest.length > 0) group.nearest = [...nearest];
  }
}

function emptyGroup({ accountId, groupId, text, terms, firstSeenAt, lastSeenAt }: WordingTally): KeptGroup {
  const counts = { messages: 0, citizens: 0, nearest: [], state: 'open' as const, version: 0 };
  return {
    id: groupId,
    accountId,
    title: text,
    terms,
    firstSeenAt,
    lastSeenAt,
    askers: new Set(),
    ...counts,
  };
}

function toGroup({ terms, askers, ...group }: KeptGroup): UnansweredGroup {
  return structuredClone(group);
}

function byCount(a: UnansweredGroup, b: UnansweredGroup): number {
  return b.messages - a.messages || byLatest(a, b);
}

function byLatest(a: UnansweredGroup, b: UnansweredGroup): number {
  return b.lastSeenAt.getTime() - a.lastSeenAt.getTime() || (a.id < b.id ? -1 : Number(a.id > b.id));
}
