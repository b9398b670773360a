/**
 * co-wechat as a careful program would use it: each message is written, journaled by a majority, before it is
 * answered. The driver and the database are those that Suishen uses.
 */
import wechat from 'co-wechat';
import Koa from 'koa';
import { MongoClient } from 'mongodb';
import { account, echo, listen } from './listen.mjs';

const client = await MongoClient.connect(process.env.MONGODB_URI, {
  maxPoolSize: 50,
  writeConcern: { w: 'majority', journal: true },
});
const messages = client.db().collection('messages');

const app = new Koa();
app.use(
  wechat(account).middleware(async (message) => {
    await messages.insertOne({ ...message, at: new Date() });
    return echo(message);
  }),
);
listen(app);
