import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Sandbox, startSandbox } from '../../../server/sandbox/start-sandbox';

export interface MerchantCredentials {
  mchid: string;
  name: string;
  appid: string;
  apiV3Key: string;
  serialNo: string;
  privateKey: string;
  certificate: string;
  platform: {
    publicKeyId: string;
    publicKey: string;
    certificateSerial: string;
    certificate: string;
  };
}

export interface DemoCredentials {
  merchants: MerchantCredentials[];
  wechat: { appid: string; secret: string };
  tencent: { secretId: string; secretKey: string };
}

interface ControlAnswer<T> {
  status: number;
  body: T;
}

/** A running sandbox with the small JSON client that a test drives it by. */
export interface TestSandbox extends Sandbox {
  dataDir: string;
  credentials: DemoCredentials;
  merchant: MerchantCredentials;
  control<T = unknown>(method: string, path: string, body?: unknown): Promise<ControlAnswer<T>>;
}

export async function openTestSandbox(): Promise<TestSandbox> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'sandbox-'));
  const sandbox = await startSandbox({ dataDir });
  const control = controlOf(sandbox.urls.control);
  const { body: credentials } = await control<DemoCredentials>('GET', '/credentials');
  const [merchant] = credentials.merchants;
  if (!merchant) throw new Error('the sandbox has no merchant');
  return {
    urls: sandbox.urls,
    dataDir,
    credentials,
    merchant,
    control,
    async close() {
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export function controlOf(origin: string): TestSandbox['control'] {
  return async <T>(method: string, where: string, body?: unknown) => {
    const response = await fetch(new URL(where, origin), {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  };
}

/** Asks again until `look` finds something; the test's own time limit ends a hopeless wait. */
export async function eventually<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
