import { misbehaviourSchema, type Misbehaviour, type MisbehaviourInput } from '../../api-types/sandbox.js';

/** The platform behaves. */
export function goodConduct(): Misbehaviour {
  return misbehaviourSchema.parse({ slowMs: 0, duplicateAll: false, outOfOrder: false, faults: [] });
}

/** Replaces the parts that `change` names; the others stay the same objects, so that their rates run on. */
export function changeConduct(conduct: Misbehaviour, change: Partial<MisbehaviourInput>): Misbehaviour {
  const read = misbehaviourSchema.parse({ ...conduct, ...change });
  const changed = Object.entries(read).filter(([name]) => Object.hasOwn(change, name));
  return { ...conduct, ...Object.fromEntries(changed) };
}
