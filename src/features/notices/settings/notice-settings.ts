import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import { UserError } from '../../../core/errors.js';
import { notFound } from '../../../core/refusals.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditChange } from '../../audit/audit-event.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { changesBetween } from '../../audit/changes-between.js';
import { parseNoticeText, placeholdersOf } from '../notice-text.js';
import type { QuietHours } from '../quiet-hours.js';
import type { NoticePreset, NoticeSettingsStore } from './notice-settings-store.js';

export interface NoticeSettingsParts {
  settings: NoticeSettingsStore;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  newId: () => string;
}

interface PresetText {
  title: string;
  text: string;
}

interface PresetDeed {
  accountId: string;
  id: string;
  actor: Actor;
}

/** More than anybody can choose from in an emergency. */
const mostPresets = 50;

/** What an account keeps for all its notices: texts for emergencies, and when it is quiet. */
export class NoticeSettings {
  readonly #parts: NoticeSettingsParts;

  constructor(parts: NoticeSettingsParts) {
    this.#parts = parts;
  }

  readQuietHours(accountId: string): Promise<QuietHours | null> {
    return this.#parts.settings.readQuietHours(accountId);
  }

  setQuietHours(accountId: string, quietHours: QuietHours | null, actor: Actor): Promise<void> {
    const { settings, transactions } = this.#parts;
    return transactions.run(async (tx) => {
      const before = await settings.readQuietHours(accountId, tx);
      const changes = changesBetween({ quietHours: before }, { quietHours });
      if (changes.length === 0) return;
      await settings.setQuietHours(tx, accountId, quietHours);
      const object = { kind: 'notice-settings', id: accountId };
      await this.#parts.audit.append(tx, {
        ...actor,
        accountId,
        action: 'notice-settings.change',
        object,
        changes,
      });
    });
  }

  listPresets(accountId: string): Promise<NoticePreset[]> {
    return this.#parts.settings.listPresets(accountId);
  }

  /** @throws UserError `preset_with_placeholders`, `too_many_presets` */
  addPreset(accountId: string, words: PresetText, actor: Actor): Promise<NoticePreset> {
    refusePlaceholders(words);
    const { settings, transactions } = this.#parts;
    return transactions.run(async (tx) => {
      const presets = await settings.listPresets(accountId, tx);
      if (presets.length >= mostPresets) {
        throw new UserError('too_many_presets', `最多 ${mostPresets} 条常用应急文本`, { status: 409 });
      }
      return this.#add(tx, accountId, words, actor);
    });
  }

  /** @throws UserError `not_found`, `preset_with_placeholders` */
  changePreset(deed: PresetDeed, words: PresetText): Promise<NoticePreset> {
    refusePlaceholders(words);
    return this.#parts.transactions.run(async (tx) => {
      const before = await this.#findPreset(tx, deed);
      const after = { ...before, ...words, updatedAt: this.#now(), updatedBy: deed.actor.by };
      if (!(await this.#parts.settings.replacePreset(tx, after))) throw notFound();
      await this.#record(tx, deed, 'notice-preset.change', changesBetween(wordsOf(before), { ...words }));
      return after;
    });
  }

  /** @throws UserError `not_found` */
  removePreset(deed: PresetDeed): Promise<void> {
    return this.#parts.transactions.run(async (tx) => {
      const before = await this.#findPreset(tx, deed);
      await this.#parts.settings.removePreset(tx, before);
      await this.#record(tx, deed, 'notice-preset.remove', changesBetween(wordsOf(before), {}));
    });
  }

  /** For the first start of the sandbox. */
  seedDemo(accountId: string, presets: readonly PresetText[]): Promise<void> {
    return this.#parts.transactions.run(async (tx) => {
      if (!(await this.#parts.settings.markDemoGiven(tx, accountId))) return;
      for (const preset of presets) await this.#add(tx, accountId, preset, program);
    });
  }

  async #findPreset(tx: Transaction, { accountId, id }: PresetDeed): Promise<NoticePreset> {
    const found = (await this.#parts.settings.listPresets(accountId, tx)).find((one) => one.id === id);
    if (!found) throw notFound();
    return found;
  }

  async #add(tx: Transaction, accountId: string, words: PresetText, actor: Actor): Promise<NoticePreset> {
    const id = this.#parts.newId();
    const preset = { accountId, id, ...words, updatedAt: this.#now(), updatedBy: actor.by };
    await this.#parts.settings.addPreset(tx, preset);
    await this.#record(tx, { accountId, id, actor }, 'notice-preset.add', changesBetween({}, { ...words }));
    return preset;
  }

  #record(
    tx: Transaction,
    { accountId, id, actor }: PresetDeed,
    action: string,
    changes: readonly AuditChange[],
  ): Promise<void> {
    const object = { kind: 'notice-preset', id };
    return this.#parts.audit.append(tx, { ...actor, accountId, action, object, changes });
  }

  #now(): Date {
    return new Date(this.#parts.clock.now());
  }
}

const program: Actor = {
  by: { staffId: 'system', name: '系统' },
  from: { address: 'localhost', agent: 'sandbox' },
};

function wordsOf({ title, text }: PresetText): Record<string, unknown> {
  return { title, text };
}

/** It goes to many at once. */
function refusePlaceholders({ text }: PresetText): void {
  const { parts, faults } = parseNoticeText(text);
  if (faults.length === 0 && placeholdersOf({ parts, faults }).length === 0) return;
  throw new UserError('preset_with_placeholders', '应急文本发给所有人都一样，不能有“{{ }}”', {
    status: 422,
  });
}
