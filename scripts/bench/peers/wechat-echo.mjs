/** node-webot/wechat under connect, its smallest host. It wants `req.query`. Nothing is stored. */
import { parse } from 'node:querystring';
import connect from 'connect';
import wechat from 'wechat';
import { account, echo, listen } from './listen.mjs';

const app = connect();
app.use((request, _response, next) => {
  request.query = parse(request.url.slice(request.url.indexOf('?') + 1));
  next();
});
app.use(wechat(account, (request, response) => response.reply(echo(request.weixin))));
listen(app);
