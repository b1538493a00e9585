import { openAuthenticators } from './authenticators/authenticators';
import { authenticatorRoutes } from './authenticators/routes';
import { openBills } from './bills/bills';
import { openBooks } from './books/books';
import { openPlanting } from './books/planting';
import { booksRoutes } from './books/routes';
import { openDemoClock } from './clock/demo-clock';
import { clockRoutes } from './clock/routes';
import { openTimers } from './clock/timers';
import { controlApp } from './control/app';
import { openCredentials } from './credentials/credentials';
import { credentialRoutes } from './credentials/routes';
import { openFaults } from './faults/faults';
import { faultRoutes } from './faults/routes';
import { type Listening, listen } from './http/serve';
import { openPeople } from './people/people';
import { peopleRoutes } from './people/routes';
import { openSettings } from './settings';
import { openStore } from './store';
import { tencentApp } from './tencent-cloud/app';
import { openFourFactorCheck } from './tencent-cloud/four-factor';
import { wechatApp } from './wechat/app';
import { openLogin } from './wechat/login';
import { openMessages } from './wechat/messages';
import { wechatRoutes } from './wechat/routes';
import { openTokens } from './wechat/token';
import { payApp } from './wechat-pay/app';
import { openCallbacks } from './wechat-pay/callbacks';
import { openRefundRate } from './wechat-pay/rate-limit';
import { openRefunds } from './wechat-pay/refunds';
import { payRoutes } from './wechat-pay/routes';

/** 0 or absent: any free port. */
export interface SandboxPorts {
  control?: number | undefined;
  wechat?: number | undefined;
  pay?: number | undefined;
  tencent?: number | undefined;
}

export interface SandboxUrls {
  control: string;
  wechat: string;
  pay: string;
  tencent: string;
}

export interface Sandbox {
  urls: SandboxUrls;
  /** Stops answering, waits for callbacks under way, and closes the books. */
  close(): Promise<void>;
}

/** Starts the stand-ins for WeChat, WeChat Pay and Tencent Cloud on loopback, from the state in `dataDir`. */
export async function startSandbox(options: { dataDir: string; ports?: SandboxPorts }): Promise<Sandbox> {
  const store = openStore(options.dataDir);
  const clock = openDemoClock(store);
  const timers = openTimers(store, clock);
  const settings = openSettings(store);
  const faults = openFaults(store);
  const credentials = await openCredentials(store);
  const people = openPeople(store);
  const books = openBooks(store);
  const callbacks = openCallbacks({ store, clock, timers, faults, credentials });
  const refunds = openRefunds({
    store,
    books,
    clock,
    timers,
    callbacks,
    settleMs: () => settings.read().refundSettleMs,
  });
  const bills = openBills({ store, books, clock, countStyle: () => settings.read().billCounts });
  const planting = openPlanting({ store, books, bills });
  const login = openLogin(store, clock, credentials.app);
  const messages = openMessages(store, clock);
  const tokens = openTokens(store, clock, credentials.app);
  const fourFactors = openFourFactorCheck(store, people, clock);
  const refundRate = openRefundRate(clock.nowMs);

  const control = controlApp((router) => {
    clockRoutes(router, clock, timers, store);
    credentialRoutes(router, credentials);
    peopleRoutes(router, people);
    wechatRoutes(router, { login, messages, people });
    payRoutes(router, { store, books, callbacks, clock, credentials, refunds });
    booksRoutes(router, { books, callbacks, credentials, planting });
    faultRoutes(router, faults);
    authenticatorRoutes(router, openAuthenticators(store, clock));
    settings.addRoutes(router);
  });
  const wechat = wechatApp({
    books,
    clock,
    credentials,
    faults,
    login,
    messages,
    people,
    tokens,
    tradeManaged: () => settings.read().tradeManaged,
  });
  const pay = payApp({ books, bills, clock, credentials, faults, refunds, refundRate });
  const tencent = tencentApp({ clock, credentials, faults, fourFactors });

  const { ports = {} } = options;
  const servers = {
    control: await listen(control.callback(), ports.control ?? 0),
    wechat: await listen(wechat.callback(), ports.wechat ?? 0),
    pay: await listen(pay.callback(), ports.pay ?? 0),
    tencent: await listen(tencent.callback(), ports.tencent ?? 0),
  };
  timers.start();
  return { urls: urlsOf(servers), close: () => closeAll(Object.values(servers)) };

  async function closeAll(listening: Listening[]): Promise<void> {
    await Promise.all(listening.map((server) => server.close()));
    await timers.stop();
    await store.close();
  }
}

function urlsOf(servers: Record<keyof SandboxUrls, Listening>): SandboxUrls {
  return {
    control: servers.control.url,
    wechat: servers.wechat.url,
    pay: servers.pay.url,
    tencent: servers.tencent.url,
  };
}
