import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import { submissionSchema } from '../../dialog/forms/form-model.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import type { FollowerRegister } from '../citizens/follower-register.js';
import type { FollowerUpkeep } from '../citizens/follower-upkeep.js';
import type { AudienceSettings } from './audience-settings.js';
import { districtTexts } from './audience-texts.js';

export interface DistrictParts {
  settings: Pick<AudienceSettings, 'districts'>;
  followers: Pick<FollowerRegister, 'findMany'>;
  upkeep: Pick<FollowerUpkeep, 'keepDistrict'>;
  clock: Clock;
}

/** Chosen instead of a district, to have it forgotten. No district is called so: they are written in Han characters. */
const forget = 'none';

const choiceSchema = submissionSchema.extend({ values: z.object({ district: z.string() }) });

/** What the form 我的区县 asks for: the list to choose from, and to keep what was chosen, however often. */
export function districtRequests(parts: DistrictParts): [string, RequestHandler][] {
  const { settings, followers, upkeep, clock } = parts;
  return [
    [
      'audience.districts',
      async ({ accountId, openid }) => {
        const [districts, [citizen]] = await Promise.all([
          settings.districts(accountId),
          followers.findMany(accountId, [openid]),
        ]);
        const current = citizen?.district;
        const options = districts.map((name) => ({
          value: name,
          label: name,
          words: shortNames(name),
          ...(name === current && { note: districtTexts.isCurrent }),
        }));
        const toForget = { value: forget, label: districtTexts.forget, words: ['删除', '不记录'] };
        return {
          options: current === undefined ? options : [...options, toForget],
          sentence: districtTexts.none,
        };
      },
    ],
    [
      'audience.keepdistrict',
      async ({ accountId, openid }, payload) => {
        const { district } = choiceSchema.parse(payload).values;
        const now = new Date(clock.now());
        if (district === forget) {
          await upkeep.keepDistrict(accountId, openid, null, now);
          return { text: districtTexts.forgotten };
        }
        if (!(await settings.districts(accountId)).includes(district))
          throw new UserError('district_gone', districtTexts.gone);
        await upkeep.keepDistrict(accountId, openid, district, now);
        return { text: districtTexts.kept(district) };
      },
    ],
  ];
}

/** 梅江区 is called 梅江, too. */
function shortNames(name: string): string[] {
  return name.length > 2 && /[区县市]$/u.test(name) ? [name.slice(0, -1)] : [];
}
