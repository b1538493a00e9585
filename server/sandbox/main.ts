import { parseArgs } from 'node:util';
import { startSandbox } from './start-sandbox';

const USAGE =
  'usage: sandbox --data DIR [--control-port N] [--wechat-port N] [--pay-port N] [--tencent-port N]';

async function main(): Promise<void> {
  if (process.env.NODE_ENV === 'production') {
    throw new Error('the sandbox stands in for WeChat and must not run with NODE_ENV=production');
  }
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      'control-port': { type: 'string' },
      'wechat-port': { type: 'string' },
      'pay-port': { type: 'string' },
      'tencent-port': { type: 'string' },
    },
  });
  if (values.data === undefined) throw new Error(USAGE);
  const sandbox = await startSandbox({
    dataDir: values.data,
    ports: {
      control: portOf('control-port', values['control-port']),
      wechat: portOf('wechat-port', values['wechat-port']),
      pay: portOf('pay-port', values['pay-port']),
      tencent: portOf('tencent-port', values['tencent-port']),
    },
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      sandbox.close().catch(fail);
    });
  }
  console.log(JSON.stringify({ ready: true, ...sandbox.urls }));
}

function portOf(name: string, given: string | undefined): number {
  const port = Number(given ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--${name} is ${given}; a port is a number from 0 to 65535\n${USAGE}`);
  }
  return port;
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

main().catch(fail);
