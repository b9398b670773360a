import type { Actor } from '../../../core/actor.js';
import type { Activity } from '../activity.js';
import type { ActivityLottery } from '../draw/activity-lottery.js';
import type { DrawRecord, DrawStore } from '../draw/draw-store.js';
import type { RegistrationStore } from '../registration-store.js';
import type { ActivityEditor, ActivityRef } from './activity-editor.js';
import { refuse } from './office-errors.js';

export interface DrawDeskParts {
  editor: Pick<ActivityEditor, 'find'>;
  lottery: Pick<ActivityLottery, 'draw'>;
  draws: Pick<DrawStore, 'find' | 'readAll'>;
  registrations: Pick<RegistrationStore, 'countByState'>;
}

/** How long the person who draws waits for the winners to be told, in milliseconds; the clock goes on with it. */
const patienceMs = 5_000;

/** How the lots of a group fell. */
export interface DrawnGroup {
  groupId: string;
  name: string;
  /** Places that were to be had. */
  quota: number;
  lots: number;
  won: number;
}

export interface DrawReport {
  commitment: string;
  /** When registration closes, UTC: from then on it can be drawn. */
  drawsFrom: Date;
  /** Applications that stand now. */
  applied: number;
  result: { record: DrawRecord; groups: DrawnGroup[] } | null;
}

/** Draws of lots as staff see them. */
export class DrawDesk {
  readonly #parts: DrawDeskParts;

  constructor(parts: DrawDeskParts) {
    this.#parts = parts;
  }

  /** @throws UserError `no_such_activity` · `no_draw`: not by lots, or not published */
  async read(ref: ActivityRef): Promise<DrawReport> {
    const { editor, draws, registrations } = this.#parts;
    const activity = await editor.find(ref);
    if (!activity.draw) throw refuse('no_draw');
    const [record, states] = await Promise.all([draws.find(ref), registrations.countByState(ref)]);
    const applied = states.filter(({ state }) => state === 'applied');
    return {
      commitment: activity.draw.commitment,
      drawsFrom: activity.closesAt,
      applied: applied.reduce((total, { count }) => total + count, 0),
      result: record && { record, groups: await this.#countGroups(activity, record) },
    };
  }

  /** Draws now, on record. @throws UserError as `read`, and as `ActivityLottery.draw` */
  async draw(ref: ActivityRef, actor: Actor): Promise<DrawReport> {
    await this.#parts.lottery.draw(ref, actor, AbortSignal.timeout(patienceMs));
    return this.read(ref);
  }

  async #countGroups({ groups }: Activity, record: DrawRecord): Promise<DrawnGroup[]> {
    const entries = await this.#parts.draws.readAll(record);
    return groups.map(({ id, name }) => {
      const ofGroup = entries.filter(({ groupId }) => groupId === id);
      return {
        groupId: id,
        name,
        quota: record.quotas.groups[id] ?? 0,
        lots: ofGroup.length,
        won: ofGroup.filter(({ won }) => won).length,
      };
    });
  }
}
