/** The ceiling: the product's own Koa, reading the body and checking nothing. */
import Koa from 'koa';
import getRawBody from 'raw-body';
import { listen } from '../peers/listen.mjs';

const app = new Koa();
app.use(async (ctx) => {
  await getRawBody(ctx.req, { length: ctx.request.length, limit: '64kb', encoding: 'utf-8' });
  ctx.body = 'success';
});
listen(app);
