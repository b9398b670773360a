import { UserError } from '../../core/errors.js';
import { audienceTexts } from './audience-texts.js';
import type { SegmentCondition, SegmentRules } from './segment.js';

/** What the rules of an account can name. */
export interface KnownNames {
  tags: ReadonlySet<number>;
  services: ReadonlySet<string>;
  venues: ReadonlySet<string>;
  districts: ReadonlySet<string>;
}

export interface RuleFault {
  /** `conditions.0.tagIds.1` */
  path: string;
  code: keyof typeof audienceTexts.faults;
  /** A Chinese sentence. */
  message: string;
}

/** Everything that is wrong with rules, in their order. */
export function findRuleFaults({ conditions }: SegmentRules, known: KnownNames): RuleFault[] {
  return conditions.flatMap((condition, position) =>
    faultsOf(condition, known).map(({ code, at }) => ({
      path: ['conditions', position, ...at].join('.'),
      code,
      message: audienceTexts.faults[code],
    })),
  );
}

/** `bad_rules`, with each fault in `details.fields`. */
export function badRules(faults: readonly RuleFault[]): UserError {
  const [first] = faults;
  const message = faults.length === 1 && first ? first.message : audienceTexts.badRules(faults.length);
  return new UserError('bad_rules', message, { status: 422, details: { fields: faults } });
}

interface Fault {
  code: RuleFault['code'];
  /** Within the condition. */
  at: readonly (string | number)[];
}

function faultsOf(condition: SegmentCondition, known: KnownNames): Fault[] {
  switch (condition.kind) {
    case 'tag':
      return faultsOfList('tagIds', condition.tagIds, known.tags, 'unknown_tag');
    case 'used_service':
      return faultsOfList('services', condition.services, known.services, 'unknown_service');
    case 'district':
      return faultsOfList('districts', condition.districts, known.districts, 'unknown_district');
    case 'booked':
    case 'closed_visit':
      return [
        ...faultsOfName('venue', condition.venue, known.venues, 'unknown_venue'),
        ...faultsOfName('service', condition.service, known.services, 'unknown_service'),
      ];
    case 'followed': {
      const { from, to } = condition;
      if (from === undefined && to === undefined) return [{ code: 'no_limit', at: ['from'] }];
      return from !== undefined && to !== undefined && from > to
        ? [{ code: 'from_after_to', at: ['to'] }]
        : [];
    }
  }
}

function faultsOfList<Name>(
  field: string,
  names: readonly Name[],
  known: ReadonlySet<Name>,
  code: Fault['code'],
): Fault[] {
  if (names.length === 0) return [{ code: 'empty_list', at: [field] }];
  return names.flatMap((name, position) => (known.has(name) ? [] : [{ code, at: [field, position] }]));
}

function faultsOfName(
  field: string,
  name: string | undefined,
  known: ReadonlySet<string>,
  code: Fault['code'],
): Fault[] {
  return name === undefined || known.has(name) ? [] : [{ code, at: [field] }];
}
