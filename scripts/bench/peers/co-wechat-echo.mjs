/** co-wechat as its README shows it: signature, decryption, parsing, an answer. Nothing is stored. */
import wechat from 'co-wechat';
import Koa from 'koa';
import { account, echo, listen } from './listen.mjs';

const app = new Koa();
app.use(wechat(account).middleware(async (message) => echo(message)));
listen(app);
