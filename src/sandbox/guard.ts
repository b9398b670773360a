import { BlockList, isIPv6, type Socket } from 'node:net';
import type { Middleware } from 'koa';
import { UserError } from '../core/errors.js';
import { refusalTexts } from './sandbox-texts.js';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Only this machine may use the sandbox: by the address of the socket, which no header can change. */
export function requireLoopback(): Middleware {
  const known = new WeakSet<Socket>();
  return async (ctx, next) => {
    const { socket } = ctx.req;
    if (!known.has(socket)) {
      const address = socket.remoteAddress ?? '';
      if (!loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) throw notLocal();
      known.add(socket);
    }
    await next();
  };
}

/**
 * Against DNS rebinding and other sites' forms: a browser on this machine may be made to speak to the sandbox under
 * a stranger's name, but then Host or Origin gives that name away.
 */
export function requireLocalNames(): Middleware {
  return async (ctx, next) => {
    const origin = ctx.get('Origin');
    if (!isLocalName(`http://${ctx.get('Host')}`) || (origin !== '' && !isLocalName(origin)))
      throw notLocal();
    await next();
  };
}

/** Whether an address leads to this machine by name. */
export function isLocalName(url: string): boolean {
  const name = URL.canParse(url) ? new URL(url).hostname : '';
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

function notLocal(): UserError {
  return new UserError('local_only', refusalTexts.localOnly, { status: 403 });
}
