import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SandboxUrls } from '../../server/sandbox/start-sandbox';
import { BUILT } from '../support/stack';
import { openCallback } from './support/merchant-client';
import { openNotifyReceiver } from './support/notify-receiver';
import { controlOf, type DemoCredentials, eventually, type TestSandbox } from './support/sandbox';
import { openShop } from './support/shop';

const main = path.join(BUILT, 'sandbox/main.js');

interface Running {
  child: ChildProcess;
  urls: SandboxUrls;
}

describe('the sandbox as a process', () => {
  let dataDir: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'sandbox-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  const spawnMain = (env: NodeJS.ProcessEnv = {}) => {
    const child = spawn(process.execPath, [main, '--data', dataDir], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    return child;
  };
  const start = async (): Promise<Running> => {
    const child = spawnMain();
    const [line] = await once(child.stdout, 'data');
    const { ready, ...urls } = JSON.parse(String(line));
    expect(ready).toBe(true);
    return { child, urls };
  };
  const stop = async ({ child }: Running, signal: NodeJS.Signals) => {
    const exited = once(child, 'exit');
    child.kill(signal);
    return (await exited)[0] as number | null;
  };
  const clientOf = async ({ urls }: Running): Promise<TestSandbox> => {
    const control = controlOf(urls.control);
    const { body: credentials } = await control<DemoCredentials>('GET', '/credentials');
    const [merchant] = credentials.merchants;
    if (!merchant) throw new Error('the sandbox has no merchant');
    return { urls, control, credentials, merchant, dataDir, close: () => Promise.resolve() };
  };

  it('keeps its books, keys, clock and undelivered callbacks through a kill', async () => {
    const receiver = await openNotifyReceiver();
    receiver.answer(500);
    const before = await start();
    const first = await clientOf(before);
    await first.control('POST', '/clock', { advanceMs: 200_000 });
    const outTradeNo = await openShop(first, `${receiver.url}/notify`).sell();
    await eventually(() => receiver.received[0]);
    await stop(before, 'SIGKILL');

    const second = await clientOf(await start());
    expect(second.credentials).toEqual(first.credentials);
    const { body: clock } = await second.control<{ offsetMs: number }>('GET', '/clock');
    expect(clock.offsetMs).toBe(200_000);
    const { data } = await openShop(second, '').pay.get(`/v3/pay/transactions/out-trade-no/${outTradeNo}`, {
      params: { mchid: second.merchant.mchid },
    });
    expect(data.trade_state).toBe('SUCCESS');

    receiver.answer(204);
    const already = receiver.received.length;
    await second.control('POST', '/clock', { advanceMs: 15_000 });
    const callback = await eventually(() => receiver.received[already]);
    expect(openCallback(callback, second.merchant).open().out_trade_no).toBe(outTradeNo);
    await receiver.close();
  });

  it('stops cleanly when asked to', async () => {
    expect(await stop(await start(), 'SIGTERM')).toBe(0);
  });

  it('refuses to run in production', async () => {
    const child = spawnMain({ NODE_ENV: 'production' });
    const [[complaint], [code]] = await Promise.all([once(child.stderr, 'data'), once(child, 'exit')]);
    expect(code).toBe(1);
    expect(String(complaint)).toMatch(/must not run with NODE_ENV=production/);
  });
});
