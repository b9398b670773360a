import { Router, type RouterContext } from '@koa/router';
import send from 'koa-send';
import { pageHeaders } from './http-app.js';

export interface PageOptions {
  /** `/console`, or one page for many, `/h5/:accountId`; it begins at this with a slash. */
  prefix: string;
  /** What the build made of it: `index.html`, hashed files in `assets/`, compressed ones (`.br`, `.gz`) beside them. */
  folder: string;
  /** Addresses below the prefix that are no files belong to the page itself: `index.html` answers them. */
  ownAddresses?: boolean;
}

const helpWhenNotBuilt = '页面还没有构建：请先运行 npm run build（npm start 会自动构建）。\n';

/** Serves a built page. A hashed file may be kept by the browser for good, the others are asked for each time. */
export function pageRouter({ prefix, folder, ownAddresses = false }: PageOptions): Router {
  const router = new Router({ prefix });
  const depth = prefix.split('/').length;
  router.use(pageHeaders());
  router.get('/', async (ctx) => {
    if (!ctx.path.endsWith('/')) return ctx.redirect(`${ctx.path}/`);
    await sendIndex(ctx, folder);
  });
  router.get('/{*file}', async (ctx) => {
    const name = `/${ctx.path.split('/').slice(depth).join('/')}`;
    if (await sendFile(ctx, folder, name)) return;
    if (ownAddresses && !/[^/]*\.[^/]*$/.test(name)) await sendIndex(ctx, folder);
  });
  return router;
}

async function sendIndex(ctx: RouterContext, folder: string): Promise<void> {
  if (await sendFile(ctx, folder, '/index.html')) return;
  ctx.status = 404;
  ctx.type = 'text/plain';
  ctx.body = helpWhenNotBuilt;
}

/** @returns false where there is no such file, or the name leads out of the folder. */
async function sendFile(ctx: RouterContext, folder: string, name: string): Promise<boolean> {
  ctx.vary('Accept-Encoding');
  ctx.set('Cache-Control', name.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache');
  try {
    return Boolean(await send(ctx, name, { root: folder }));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    ctx.remove('Content-Encoding');
    ctx.remove('Cache-Control');
    return false;
  }
}

/** What the library throws for a name that it cannot or will not serve. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500
  );
}
