import { TOTP, URI } from 'otpauth';
import type { DemoClock } from '../clock/demo-clock';
import { refuse } from '../control/requests';
import type { Store } from '../store';

interface Shown {
  code: string;
  /** What the phone will show after this. */
  next: string;
  /** Until then. */
  secondsLeft: number;
}

export interface Authenticators {
  /** Takes the address of a QR into the app; the account's former secret is gone. */
  scan(uri: string): { account: string };
  /** What the app shows now; undefined when it does not know the account. */
  show(account: string): Shown | undefined;
}

/** The authenticator apps on the phones of the demo's approvers: a real phone does not live on the demo clock. */
export function openAuthenticators(store: Store, clock: DemoClock): Authenticators {
  const scanned = store.table<string>('authenticators');
  return {
    scan(uri) {
      const { label } = readUri(uri);
      store.write(() => scanned.put(label, uri));
      return { account: label };
    },
    show(account) {
      const uri = scanned.get(account);
      if (uri === undefined) return undefined;
      const totp = readUri(uri);
      const timestamp = clock.nowMs();
      const remaining = totp.remaining({ timestamp });
      return {
        code: totp.generate({ timestamp }),
        next: totp.generate({ timestamp: timestamp + remaining }),
        secondsLeft: Math.ceil(remaining / 1000),
      };
    },
  };
}

function readUri(uri: string): TOTP {
  const otp = parse(uri);
  if (!(otp instanceof TOTP)) refuse(400, 'not an otpauth://totp/ address');
  return otp;
}

function parse(uri: string) {
  try {
    return URI.parse(uri);
  } catch (error) {
    return refuse(400, `not an otpauth:// address: ${error instanceof Error ? error.message : error}`);
  }
}
