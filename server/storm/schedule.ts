import { createHash } from 'node:crypto';
import { createDice, type Dice } from './random';

/** Everything that strikes while students book and pay. Kills are counted apart. */
export const FAULT_CLASSES = [
  'callback-dropped',
  'callback-duplicated',
  'callback-reordered',
  'callback-delayed',
  'pay-500',
  'pay-429',
  'pay-timeout-after-effect',
  'database-cut',
  'clock-jump-shared',
  'clock-jump-single',
] as const;
export type FaultClass = (typeof FAULT_CLASSES)[number];

/** Faults that WeChat's stand-in carries out itself, in the words of its control API. */
interface SandboxFault {
  service: 'pay' | 'callback';
  operation: string;
  kind: string;
  times: number;
  copies?: number;
  delayMs?: number;
}

export type Strike =
  | {
      class: Exclude<FaultClass, 'database-cut' | 'clock-jump-shared' | 'clock-jump-single'>;
      fault: SandboxFault;
    }
  | { class: 'database-cut'; api: number }
  | { class: 'clock-jump-shared'; jumpMs: number }
  | { class: 'clock-jump-single'; api: number; skewMs: number; lastsMs: number }
  | { class: 'kill'; api: number };

export type Scheduled = Strike & { atMs: number };

/** Strikes a minute. More than the 20 that must be seen: not every planted fault finds a request of its kind. */
const A_MINUTE: Readonly<Record<FaultClass, number>> = {
  'callback-dropped': 24,
  'callback-duplicated': 24,
  'callback-reordered': 24,
  'callback-delayed': 24,
  'pay-500': 24,
  'pay-429': 24,
  'pay-timeout-after-effect': 24,
  'database-cut': 22,
  'clock-jump-shared': 21,
  'clock-jump-single': 21,
};
const KILLS_A_MINUTE = 5;
const FIRST_AT = 0.04;
const LAST_AT = 0.96;
const MINUTE_MS = 60_000;

/** What strikes when, fixed by the seed, in order. @param apis how many API processes there are */
export function planStorm({
  seed,
  seconds,
  apis,
}: {
  seed: number;
  seconds: number;
  apis: number;
}): Scheduled[] {
  const dice = createDice(seed);
  const lastsMs = seconds * 1000;
  const strikes = FAULT_CLASSES.flatMap((kind) =>
    Array.from({ length: Math.max(1, Math.round((A_MINUTE[kind] * seconds) / 60)) }, (): Scheduled => {
      const atMs = dice.whole(lastsMs * FIRST_AT, lastsMs * LAST_AT);
      return { atMs, ...STRIKES[kind](dice, apis) };
    }),
  );
  return [...strikes, ...kills(dice, lastsMs, apis)].sort((a, b) => a.atMs - b.atMs);
}

/** The same for two storms exactly when the same struck at the same moments. */
export const digestOf = (schedule: readonly Scheduled[]): string =>
  createHash('sha256').update(JSON.stringify(schedule)).digest('hex').slice(0, 16);

/** One line of the log. */
export function describeStrike({ atMs, class: kind, ...facts }: Scheduled): string {
  const told = Object.entries('fault' in facts ? facts.fault : facts).map(
    ([name, value]) => `${name}=${value}`,
  );
  return `${(atMs / 1000).toFixed(3).padStart(8)} s  ${kind.padEnd(24)} ${told.join(' ')}`.trimEnd();
}

const atWeChat =
  (kind: Extract<Strike, { fault: unknown }>['class'], plant: (dice: Dice) => SandboxFault) =>
  (dice: Dice): Strike => ({ class: kind, fault: plant(dice) });

const ofCallbacks = (dice: Dice, kind: string, more: Partial<SandboxFault> = {}): SandboxFault => ({
  service: 'callback',
  operation: dice.oneOf(['transaction', 'transaction', 'refund']),
  kind,
  times: 1,
  ...more,
});

const ofAnswers = (dice: Dice, kind: string, more: Partial<SandboxFault> = {}): SandboxFault => ({
  service: 'pay',
  operation: dice.oneOf(['prepay', 'prepay', 'query', 'refund', 'refund', 'close']),
  kind,
  times: 1,
  ...more,
});

const STRIKES: Readonly<Record<FaultClass, (dice: Dice, apis: number) => Strike>> = {
  'callback-dropped': atWeChat('callback-dropped', (dice) => ofCallbacks(dice, 'drop')),
  'callback-duplicated': atWeChat('callback-duplicated', (dice) =>
    // Five in all.
    ofCallbacks(dice, 'duplicate', { copies: 4 }),
  ),
  'callback-reordered': atWeChat('callback-reordered', (dice) => ofCallbacks(dice, 'reorder')),
  'callback-delayed': atWeChat('callback-delayed', (dice) =>
    // Beyond the 15 minutes of a hold.
    ofCallbacks(dice, 'delay', { delayMs: dice.whole(16, 40) * MINUTE_MS }),
  ),
  'pay-500': atWeChat('pay-500', (dice) => ofAnswers(dice, 'http-500')),
  'pay-429': atWeChat('pay-429', (dice) => ofAnswers(dice, 'http-429')),
  'pay-timeout-after-effect': atWeChat('pay-timeout-after-effect', (dice) =>
    // Now and then longer than the client waits (8 s), mostly a connection that is cut after a silence.
    ofAnswers(dice, 'timeout-after-effect', { delayMs: dice.oneOf([100, 400, 1_500, 3_000, 9_000]) }),
  ),
  'database-cut': (dice, apis) => ({ class: 'database-cut', api: dice.whole(0, apis - 1) }),
  'clock-jump-shared': (dice) => ({ class: 'clock-jump-shared', jumpMs: sharedJump(dice) }),
  'clock-jump-single': (dice, apis) => ({
    class: 'clock-jump-single',
    api: dice.whole(0, apis - 1),
    skewMs: dice.oneOf([-1, 1]) * dice.oneOf([dice.whole(2_000, 240_000), dice.whole(360_000, 1_200_000)]),
    lastsMs: dice.whole(200, 900),
  }),
};

/** Mostly some way ahead, often past the end of every hold, sometimes a little back, as when clocks are set right. */
const sharedJump = (dice: Dice): number =>
  dice.oneOf([
    dice.whole(5_000, 240_000),
    dice.whole(5_000, 240_000),
    dice.whole(5_000, 240_000),
    dice.whole(5_000, 240_000),
    dice.whole(16 * MINUTE_MS, 25 * MINUTE_MS),
    -dice.whole(1_000, 30_000),
  ]);

/** Evenly over the storm and in turn, so that a process is up again before its next kill. */
function kills(dice: Dice, lastsMs: number, apis: number): Scheduled[] {
  const count = Math.max(1, Math.round((KILLS_A_MINUTE * lastsMs) / MINUTE_MS));
  const everyMs = (lastsMs * (LAST_AT - FIRST_AT)) / count;
  return Array.from({ length: count }, (_, n): Scheduled => {
    const atMs = Math.round(lastsMs * FIRST_AT + n * everyMs + dice.whole(0, everyMs / 3));
    return { atMs, class: 'kill', api: n % apis };
  });
}
