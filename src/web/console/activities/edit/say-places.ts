import { groupWords } from '../activity-words.js';
import type { ActivityForm } from './activity-form.js';

/** How the groups' places compare with the whole. */
export function sayPlaces({ kind, quota, groups }: Pick<ActivityForm, 'kind' | 'quota' | 'groups'>): string {
  const sum = groups.reduce((total, group) => total + group.quota, 0);
  const all = `各${groupWords[kind]}加起来 ${sum} 个`;
  if (sum === quota) return `${all}，正好`;
  return sum > quota
    ? `${all}，比总名额多：总共报满 ${quota} 个就停`
    : `${all}，比总名额少：最多只能报 ${sum} 个`;
}
