import type { OfferReader } from '../appointments/offer-reader.js';
import type { AudienceSettings } from './audience-settings.js';
import type { FollowerTags } from './follower-tags.js';
import { badRules, findRuleFaults } from './rule-faults.js';
import type { SegmentRules } from './segment.js';

export interface SegmentCheckParts {
  tags: Pick<FollowerTags, 'idsFor'>;
  offers: Pick<OfferReader, 'services' | 'venues'>;
  settings: Pick<AudienceSettings, 'districts'>;
}

/** Whether rules can be meant: they name something, and it exists. */
export class SegmentCheck {
  readonly #parts: SegmentCheckParts;

  constructor(parts: SegmentCheckParts) {
    this.#parts = parts;
  }

  /** @throws UserError `bad_rules`, naming every fault and its field */
  async require(accountId: string, rules: SegmentRules): Promise<void> {
    const { tags, offers, settings } = this.#parts;
    const wanted = rules.conditions.flatMap((one) => (one.kind === 'tag' ? one.tagIds : []));
    const [tagIds, services, venues, districts] = await Promise.all([
      tags.idsFor(accountId, wanted),
      offers.services(accountId),
      offers.venues(accountId),
      settings.districts(accountId),
    ]);
    const faults = findRuleFaults(rules, {
      tags: tagIds,
      services: new Set(services.map(({ id }) => id)),
      venues: new Set(venues.map(({ id }) => id)),
      districts: new Set(districts),
    });
    if (faults.length > 0) throw badRules(faults);
  }
}
