import { createDecipheriv, createPublicKey, verify } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import mongoose, { Schema } from 'mongoose';
import rawBody from 'raw-body';

/**
 * What the service is measured against: the same stack (Koa, mongoose, the same database and durability, documents of
 * the same size) doing the one thing that cannot be left out, and nothing else.
 */
const schema = new Schema(
  { _id: String, key: String, counter: Number, filler: Schema.Types.Mixed },
  { versionKey: false },
);
schema.index({ key: 1 });
const Bare = mongoose.model('Bare', schema, 'bare');

async function main(): Promise<void> {
  await mongoose.connect(process.env.MONGODB_URI ?? '', {
    maxPoolSize: 50,
    writeConcern: { w: 'majority', journal: true },
  });
  await Bare.createIndexes();
  const publicKey = createPublicKey(process.env.VERIFY_KEY ?? '');
  const sealingKey = Buffer.from(process.env.API_V3_KEY ?? '');
  const app = new Koa();
  const router = new Router();
  router.post('/write/:id', async (ctx) => {
    const body: unknown = JSON.parse((await rawBody(ctx.req)).toString());
    ctx.body = await Bare.findOneAndUpdate(
      { _id: ctx.params.id },
      { $inc: { counter: 1 }, $set: { last: body } },
    ).lean();
  });
  router.post('/read/:id', async (ctx) => {
    await rawBody(ctx.req);
    ctx.body = await Bare.findOne({ key: ctx.params.id }).lean();
  });
  router.post('/verify-and-write/:id', async (ctx) => {
    const bytes = await rawBody(ctx.req);
    const signed = Buffer.concat([
      Buffer.from(`${ctx.get('wechatpay-timestamp')}\n${ctx.get('wechatpay-nonce')}\n`),
      bytes,
      Buffer.from('\n'),
    ]);
    const signature = Buffer.from(ctx.get('wechatpay-signature'), 'base64');
    if (!verify('RSA-SHA256', signed, publicKey, signature)) ctx.throw(401);
    JSON.parse(unseal(sealingKey, JSON.parse(bytes.toString()).resource));
    await Bare.findOneAndUpdate({ _id: ctx.params.id }, { $inc: { counter: 1 } }).lean();
    ctx.status = 204;
  });
  app.use(router.routes());
  const server = http.createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ ready: true, url: `http://127.0.0.1:${port}` })}\n`);
  process.on('SIGTERM', () => process.exit(0));
}

interface Sealed {
  ciphertext: string;
  nonce: string;
  associated_data: string;
}

function unseal(key: Buffer, { ciphertext, nonce, associated_data }: Sealed): string {
  const bytes = Buffer.from(ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    .setAAD(Buffer.from(associated_data))
    .setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
