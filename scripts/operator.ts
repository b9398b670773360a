import { hostname, userInfo } from 'node:os';
import type { Actor } from '../src/core/actor.js';

/** Who works at the command line, by the name given or else that of the machine's user. */
export function operator(name: string | undefined): Actor {
  return {
    by: { staffId: 'command-line', name: name ?? userInfo().username },
    from: { address: hostname(), agent: 'suishen' },
  };
}
