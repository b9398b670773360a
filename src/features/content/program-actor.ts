import { hostname } from 'node:os';
import type { Actor } from '../../core/actor.js';

/** The actor behind a change that no signed-in person makes: a command line, or the program itself. */
export function programActor(name: string): Actor {
  return {
    by: { staffId: name, name: names[name] ?? name },
    from: { address: hostname(), agent: 'suishen' },
  };
}

const names: Readonly<Record<string, string>> = { system: '系统', 'command-line': '命令行' };
