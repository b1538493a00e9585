import { setTimeout as sleep } from 'node:timers/promises';
import { WeChatPayError } from '../../../../server/platform/wechat-pay/errors';
import { openHands } from '../../../../server/platform/wechat-pay/refund-hands';
import { silentLog } from '../support/wechat-pay-world';

const refused = () =>
  new WeChatPayError({ kind: 'refused', operation: 'request-refund', code: 'NOT_ENOUGH', status: 403 });

/** @returns hands over slots that count how often they are taken, and keep how long each is to rest */
function counted() {
  let taken = 0;
  const rests: number[] = [];
  const slots = {
    take: async () => {
      taken += 1;
      return async (restMs: number) => {
        rests.push(restMs);
      };
    },
  };
  return { hands: openHands({ slots, log: silentLog }), taken: () => taken, rests };
}

/** @returns hands over one slot at once; the others come late, or never, and then only as long as they are wanted */
function withOneHere(others: 'another comes late' | 'others keep the rest') {
  let asked = 0;
  const rests: number[] = [];
  const giveBack = async (restMs: number) => {
    rests.push(restMs);
  };
  let otherComes: () => void = () => undefined;
  const other = new Promise<typeof giveBack>((resolve) => {
    otherComes = () => resolve(giveBack);
  });
  const unwanted = async (isWanted: () => boolean) => {
    while (isWanted()) await sleep(5);
    return null;
  };
  const slots = {
    take: async (isWanted: () => boolean) => {
      asked += 1;
      if (asked === 1) return giveBack;
      return others === 'another comes late' ? other : unwanted(isWanted);
    },
  };
  return { hands: openHands({ slots, log: silentLog }), asked: () => asked, rests, otherComes };
}

it('keeps a slot in hand from one call to the next, and gives it back when none comes', async () => {
  const { hands, taken, rests } = counted();
  for (let n = 0; n < 5; n += 1) expect(await hands.withSlot(async () => n)).toBe(n);
  expect({ taken: taken(), rests }).toEqual({ taken: 1, rests: [] });
  await sleep(400);
  expect(rests).toEqual([0]);
  await hands.withSlot(async () => undefined);
  expect(taken()).toBe(2);
  await hands.close();
});

it('takes one for each call under way', async () => {
  const { hands, taken, rests } = counted();
  await Promise.all([1, 2, 3].map(() => hands.withSlot(() => sleep(10))));
  expect(taken()).toBe(3);
  await hands.close();
  expect(rests).toEqual([0, 0, 0]);
});

it('whoever waits gets what is free here first, and one asks the other instances for all', async () => {
  const { hands, asked, rests } = withOneHere('others keep the rest');
  expect(await Promise.all([1, 2, 3].map((n) => hands.withSlot(async () => n)))).toEqual([1, 2, 3]);
  expect(asked()).toBe(2);
  await hands.close();
  expect(rests).toEqual([0]);
});

it.each(['while others work', 'while it closes'])(
  'a slot that comes %s, when nobody waits any more, is given back',
  async (when) => {
    const { hands, rests, otherComes } = withOneHere('another comes late');
    await Promise.all([1, 2, 3].map((n) => hands.withSlot(async () => n)));
    const closed = when === 'while it closes' ? hands.close() : undefined;
    otherComes();
    await (closed ?? sleep(400));
    expect(rests).toEqual([0, 0]);
    await hands.close();
  },
);

it('a closed one still serves whoever waits', async () => {
  const { hands, rests, otherComes } = withOneHere('another comes late');
  let endFirst: (() => void) | undefined;
  const first = hands.withSlot(() => new Promise<void>((resolve) => (endFirst = resolve)));
  const second = hands.withSlot(async () => 'went');
  const closed = hands.close();
  otherComes();
  expect(await second).toBe('went');
  endFirst?.();
  await Promise.all([first, closed]);
  await sleep(400);
  expect(rests).toEqual([0, 0]);
});

it('whoever waits hears that none can be had, and the next one asks anew', async () => {
  let isAway = true;
  const slots = {
    take: async () => {
      if (isAway) throw new Error('no database');
      return async () => undefined;
    },
  };
  const hands = openHands({ slots, log: silentLog });
  const call = () => hands.withSlot(async () => 'went');
  expect(await Promise.allSettled([call(), call()])).toEqual(
    [1, 2].map(() => ({ status: 'rejected', reason: new Error('no database') })),
  );
  isAway = false;
  expect(await call()).toBe('went');
  await hands.close();
});

it('lets a slot rest for a second after a call that failed at WeChat, and no call go with it', async () => {
  const { hands, taken, rests } = counted();
  await expect(hands.withSlot(() => Promise.reject(refused()))).rejects.toThrow('NOT_ENOUGH');
  await expect(hands.withSlot(() => Promise.reject(new Error('a defect')))).rejects.toThrow('a defect');
  expect({ taken: taken(), rests }).toEqual({ taken: 2, rests: [1_000, 0] });
});

it('what became of a refund counts, though its slot cannot be given back', async () => {
  const giveBack = () => Promise.reject(new Error('no database'));
  const hands = openHands({ slots: { take: async () => giveBack }, log: silentLog });
  expect(await hands.withSlot(async () => 'accepted')).toBe('accepted');
  await hands.close();
});
