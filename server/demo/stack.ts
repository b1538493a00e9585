import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { type Child, startChild } from './child-process';
import { DEMO_TEMPLATES } from './message-templates';
import { createSandboxClient, type SandboxClient } from './sandbox-client';

export interface SandboxUrls {
  control: string;
  wechat: string;
  pay: string;
  tencent: string;
}

/** The whole system on loopback: embedded database, sandbox, and as many API processes as wanted. */
export interface Stack {
  mongodbUri: string;
  sandboxUrls: SandboxUrls;
  sandbox: SandboxClient;
  apis: Api[];
  /** The environment of the API processes: what another one needs to join. */
  env: Record<string, string>;
  addApi(extra?: Record<string, string>): Promise<Api>;
  stop(): Promise<void>;
}

export interface Api {
  url: string;
  pid: number;
  /** Ends with its exit. */
  exited: Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** Everything that lasts is below it. */
  dataDir: string;
  /** Where the built processes are: dist/server */
  builtDir: string;
  apis: number;
  /** Of the first API process; others take free ones. */
  apiPort?: number;
  sandboxPort?: number;
  env?: Record<string, string>;
  onLog?: (process: string, line: string) => void;
}

/**
 * What lives in an API process is below 100 MB. With a machine's whole memory to spare, Node lets three times as much
 * refuse gather before it clears up. What lives shortly has room enough from the start, and is cleared up less often: about
 * a twentieth of a busy process's work.
 */
export const API_FLAGS = ['--max-old-space-size=320', '--min-semi-space-size=16', '--max-semi-space-size=32'];

/** Starts it all; the settings that must survive (keys) are made once and kept in the data folder. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, builtDir, onLog } = options;
  mkdirSync(dataDir, { recursive: true });
  const children: Child<unknown>[] = [];
  const start = async <Ready>(
    name: string,
    args: string[],
    env: Record<string, string> = {},
    flags: readonly string[] = [],
  ) => {
    const child = await startChild<Ready>(path.join(builtDir, `${name}.js`), args, {
      env,
      flags,
      onLog: (line) => onLog?.(name, line),
    });
    children.push(child);
    return child;
  };
  try {
    const sandboxArgs = ['--data', path.join(dataDir, 'sandbox')];
    if (options.sandboxPort) sandboxArgs.push('--control-port', String(options.sandboxPort));
    const sandboxUrls = (await start<SandboxUrls>('sandbox/main', sandboxArgs)).ready;
    const mongoArgs = ['--data', path.join(dataDir, 'mongo'), '--clock', sandboxUrls.control];
    const mongodbUri = withDatabase(
      (await start<{ uri: string }>('embedded-mongo/main', mongoArgs)).ready.uri,
    );
    const sandbox = createSandboxClient(sandboxUrls.control);
    for (const { id, fields } of Object.values(DEMO_TEMPLATES))
      await sandbox.declareTemplate(id, Object.keys(fields));
    const env: Record<string, string> = {
      ...(await settings(dataDir, sandbox, sandboxUrls)),
      MONGODB_URI: mongodbUri,
      ...options.env,
    };
    const apis: Api[] = [];
    const addApi = async (extra: Record<string, string> = {}) => {
      const PORT = extra.PORT ?? String(await freePort());
      const child = await start<{ url: string }>('main', [], { ...env, ...extra, PORT }, API_FLAGS);
      const { ready, pid, exited, kill, stop } = child;
      const api: Api = { url: ready.url, pid, exited, kill, stop };
      apis.push(api);
      return api;
    };
    // WeChat calls back one address: the first API's port is fixed before it starts.
    const first = options.apiPort ?? (await freePort());
    env.PUBLIC_URL = `http://127.0.0.1:${first}`;
    if (options.apis > 0) await addApi({ PORT: String(first) });
    for (let n = 1; n < options.apis; n += 1) await addApi();
    return {
      mongodbUri,
      sandboxUrls,
      sandbox,
      apis,
      env,
      addApi,
      stop: () => stopAll(children),
    };
  } catch (error) {
    await stopAll(children);
    throw error;
  }
}

/** In reverse: whoever depends on another goes first. */
async function stopAll(children: readonly Child<unknown>[]): Promise<void> {
  for (const child of [...children].reverse()) await child.stop();
}

function withDatabase(uri: string): string {
  const url = new URL(uri);
  url.pathname = '/tucai';
  return url.href;
}

async function settings(
  dataDir: string,
  sandbox: SandboxClient,
  urls: SandboxUrls,
): Promise<Record<string, string>> {
  const { wechat, tencent } = await sandbox.credentials();
  return {
    ...keys(dataDir),
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    WECHAT_BASE_URL: urls.wechat,
    WECHAT_PAY_BASE_URL: urls.pay,
    TENCENT_BASE_URL: urls.tencent,
    SANDBOX_CONTROL_URL: urls.control,
    WECHAT_APPID: wechat.appid,
    WECHAT_SECRET: wechat.secret,
    TENCENT_SECRET_ID: tencent.secretId,
    TENCENT_SECRET_KEY: tencent.secretKey,
    MESSAGE_TEMPLATES: JSON.stringify(DEMO_TEMPLATES),
  };
}

function keys(dataDir: string): Record<string, string> {
  const file = path.join(dataDir, 'keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const key = () => randomBytes(32).toString('base64');
  const made = { DATA_KEYS: `k1:${key()}`, INDEX_KEYS: `i1:${key()}`, TOKEN_KEYS: `1:${key()}` };
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

/**
 * Below the ports that systems hand to whoever asks for any: the API keeps its port while it is restarted, and no
 * connection may be given it meanwhile.
 */
const OWN_PORTS = { from: 20_000, to: 32_000 };

/** @throws Error when a hundred ports in a row are taken */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(OWN_PORTS.from, OWN_PORTS.to);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port');
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
