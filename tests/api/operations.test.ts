import { MongoClient } from 'mongodb';
import { createApiClient } from '../../server/demo/api-client';
import { type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { StudentPhone } from '../../server/demo/student-phone';
import { openTcpProxy, type TcpProxy } from '../../server/storm/tcp-proxy';
import { confirmedStudent } from '../support/site';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(120_000);

const TOKEN = 'a-token-of-some-length';
const lines: string[] = [];
let stack: Stack;
let demo: Demo;
let phone: StudentPhone;

beforeAll(async () => {
  stack = await startTestStack({
    env: { LOG_LEVEL: 'debug', METRICS_TOKEN: TOKEN, STATIC_CONSOLE: __dirname },
    onLog: (name, line) => {
      if (name === 'main') lines.push(line);
    },
  });
  demo = await seedDemo(stack, 3);
  await stack.sandbox.setClock(phase('open'));
  phone = await bookAndPay(0);
});
afterAll(() => stack?.stop());

async function bookAndPay(index: number): Promise<StudentPhone> {
  const one = await confirmedStudent(stack, demo, index);
  const { id } = await one.hold();
  expect((await one.pay(id)).place).toBe('booked');
  return one;
}

const ask = (where: string, token?: string, base = firstApi(stack)) =>
  fetch(new URL(where, base), token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

describe('a request that nothing answers', () => {
  it('learns which methods there are, with a registered code', async () => {
    const answer = await fetch(new URL('/api/me/home', firstApi(stack)), { method: 'DELETE' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('HEAD, GET');
    expect(await answer.json()).toMatchObject({ error: { code: 'METHOD_NOT_ALLOWED' } });
  });

  it('finds no file outside of the folder that is served, and is no fault of the service', async () => {
    for (const where of ['/console/..%2f..%2fpackage.json', '/console/%E0%A4%A.js', '/console/none.js']) {
      const answer = await ask(where);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    }
  });
});

describe('/metrics', () => {
  it('is there for whoever has the token, and for nobody else', async () => {
    expect((await ask('/metrics')).status).toBe(404);
    expect((await ask('/metrics', 'another-token-of-some-length')).status).toBe(404);
    expect((await ask('/metrics', TOKEN)).status).toBe(200);
  });

  it('tells requests by the contract, callbacks, calls, effects and how late they are; and names nobody', async () => {
    await phone.api
      .call('POST /api/me/bookings', { body: { sessionId: '0'.repeat(24) } })
      .catch(() => undefined);
    const text = await (await ask('/metrics', TOKEN)).text();
    for (const expected of [
      /^http_request_seconds_count\{method="POST",route="\/api\/me\/bookings\/:id\/pay",status="200"\} \d+$/m,
      /^refusals_total\{code="NOT_FOUND"\} \d+$/m,
      /^wechat_pay_callbacks_total\{outcome="(applied|known)"\} \d+$/m,
      /^outgoing_call_seconds_count\{service="wechat-pay",operation="prepay",outcome="ok"\} \d+$/m,
      /^effects_total\{model="Order",kind="settle-booking",outcome="done"\} \d+$/m,
      /^effects_overdue_seconds\{model="Order"\} 0$/m,
      /^job_last_success_timestamp_seconds\{job="effects"\} \d/m,
      /^nodejs_eventloop_lag_seconds /m,
    ])
      expect(text).toMatch(expected);
    expect(text).not.toMatch(/[0-9a-f]{24}/);
  });
});

it('logs one JSON object a line, with the request id, and nothing personal even at level debug', () => {
  const parsed = lines.map((line): Record<string, unknown> => JSON.parse(line));
  expect(parsed.find(({ route }) => route === '/api/me/verification')).toMatchObject({
    method: 'POST',
    status: 200,
    requestId: expect.stringMatching(/^[\w-]{8,}$/),
  });
  const { person, studentNo } = demo.students[0] ?? fail();
  const personal = [person.name, person.idNumber, person.bankCard, person.phone, person.openid, studentNo];
  for (const word of personal) expect(lines.filter((line) => line.includes(word))).toEqual([]);
});

describe('health', () => {
  let way: TcpProxy;
  let isOpen = true;
  beforeAll(async () => {
    const port = Number(new URL(stack.mongodbUri).port);
    way = await openTcpProxy(() => (isOpen ? [port] : []));
  });
  afterAll(() => way.close());

  it('is ready while the database answers, alive all the time, and ready again by itself', async () => {
    const uri = new URL(stack.mongodbUri);
    uri.port = String(way.port);
    const api = await stack.addApi({ MONGODB_URI: uri.href, WORKER: 'off' });
    const readiness = async () => (await ask('/readyz', undefined, api.url)).status;
    expect(await readiness()).toBe(200);
    isOpen = false;
    await way.cut();
    expect(await readiness()).toBe(503);
    expect((await ask('/healthz', undefined, api.url)).status).toBe(200);
    isOpen = true;
    await eventually('it is ready again', async () => ((await readiness()) === 200 ? true : null));
    await api.stop();
  });
});

it('does not start with a merchant account that cannot work, and says which setting is wrong', async () => {
  const client = await MongoClient.connect(stack.mongodbUri);
  const merchants = client.db().collection<{ serialNo: string; mchid: string }>('merchants');
  const { _id, serialNo, mchid } = (await merchants.findOne()) ?? fail();
  await merchants.updateOne({ _id }, { $set: { serialNo: '00' } });
  await expect(stack.addApi()).rejects.toThrow(`merchant ${mchid}: serialNo`);
  await merchants.updateOne({ _id }, { $set: { serialNo } });
  const api = await stack.addApi({ WORKER: 'off' });
  await api.stop();
  await client.close();
});

describe('SIGTERM', () => {
  it('takes nothing new, finishes what is under way with its effects, and ends the streams', async () => {
    const api = await stack.addApi();
    const student = await confirmedStudent(stack, demo, 1);
    const { id } = await student.hold();
    const there = createApiClient(api.url);
    await student.login();
    const { token } = await there.call('POST /api/login/wechat', {
      body: { code: await stack.sandbox.loginCode(student.person.openid) },
    });
    there.carryToken(token);
    await stack.sandbox.plantFault({
      service: 'pay',
      operation: 'prepay',
      kind: 'slow',
      delayMs: 1_500,
      times: 1,
    });
    const paying = there.call('POST /api/me/bookings/:id/pay', { params: { id } });
    await eventually('WeChat is asked', async () => {
      const counts = await stack.sandbox.ask<Record<string, number>>('GET', '/faults/counts');
      return counts['pay:slow'] ? true : null;
    });
    const stopped = api.stop();
    const { payment } = await paying;
    expect(payment?.package).toMatch(/^prepay_id=/);
    await stopped;
    await expect(ask('/healthz', undefined, api.url)).rejects.toThrow();
  });
});

function fail(): never {
  throw new Error('no student');
}
