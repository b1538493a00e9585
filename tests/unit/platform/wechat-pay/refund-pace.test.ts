import { setTimeout as sleep } from 'node:timers/promises';
import { WeChatPayError } from '../../../../server/platform/wechat-pay/errors';
import { createRefundPace } from '../../../../server/platform/wechat-pay/refund-pace';

const refused = () =>
  new WeChatPayError({ kind: 'refused', operation: 'request-refund', code: 'NOT_ENOUGH', status: 403 });

it('lets no more calls go than may fail in a second, and every call in the end', async () => {
  const pace = createRefundPace(1_000);
  let underWay = 0;
  let most = 0;
  let done = 0;
  const call = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await sleep(2);
    underWay -= 1;
    done += 1;
  };
  await Promise.all(Array.from({ length: 40 }, () => pace.inTurn(call)));
  expect({ most, done }).toEqual({ most: 5, done: 40 });
});

it('after five failures lets the next go only when the first is a second old', async () => {
  const pace = createRefundPace(1_000);
  const failedAt: number[] = [];
  const begunAt: number[] = [];
  const call = async () => {
    begunAt.push(performance.now());
    await sleep(1);
    failedAt.push(performance.now());
    throw refused();
  };
  const outcomes = await Promise.allSettled(Array.from({ length: 7 }, () => pace.inTurn(call)));
  expect(outcomes.map(({ status }) => status)).toEqual(Array(7).fill('rejected'));
  const [first = 0] = failedAt;
  expect((begunAt[5] ?? 0) - first).toBeGreaterThanOrEqual(999);
});

it('lets the next go after a failure of ours too', async () => {
  const pace = createRefundPace(1_000);
  await expect(pace.inTurn(() => Promise.reject(new Error('a defect')))).rejects.toThrow('a defect');
  await expect(pace.inTurn(async () => 'went')).resolves.toBe('went');
});
