import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { RouterContext } from '@koa/router';

/** Names as the build makes them: at most one folder, nothing that could lead out of it. */
const safeName = /^(?:[a-z]+\/)?[\w-][\w.-]*$/i;

const helpWhenNotBuilt = '手机页面还没有构建：请先运行 npx vite build（npm start 会自动构建）。\n';

/** Serves the built phone page from `folder`; hashed files may be kept by the browser for good. */
export async function servePageFile(ctx: RouterContext, folder: string, name: string): Promise<void> {
  const body = safeName.test(name) ? await readFile(join(folder, name)).catch(() => undefined) : undefined;
  if (body === undefined) {
    ctx.status = 404;
    ctx.type = 'text/plain';
    ctx.body = name === 'index.html' ? helpWhenNotBuilt : '';
    return;
  }
  ctx.type = extname(name);
  ctx.set('Cache-Control', name.startsWith('assets/') ? 'max-age=31536000, immutable' : 'no-cache');
  ctx.body = body;
}
