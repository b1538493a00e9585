import { setTimeout as sleep } from 'node:timers/promises';
import { createRemembered } from '../../../server/platform/remembered';

const LONG_MS = 60_000;
const remember = (ttlMs = LONG_MS) => createRemembered<string>({ max: 10, ttlMs });

/** Reads that end when they are told to, and are counted. */
function reads() {
  const ends: { now: (value: string) => void; fail: (cause: Error) => void }[] = [];
  const read = () => new Promise<string>((now, fail) => ends.push({ now, fail }));
  const end = (n: number) => {
    const known = ends[n];
    if (!known) throw new Error(`read ${n} has not begun`);
    return known;
  };
  return { read, end, count: () => ends.length };
}

it('however many ask at once, one reads for all', async () => {
  const known = remember();
  const { read, end, count } = reads();
  const asked = Promise.all([known.get('a', read), known.get('a', read), known.get('a', read)]);
  end(0).now('found');
  expect(await asked).toEqual(['found', 'found', 'found']);
  expect(await known.get('a', read)).toBe('found');
  expect(count()).toBe(1);
});

it('what failed is told to all who waited, and read anew by the next', async () => {
  const known = remember();
  const { read, end, count } = reads();
  const asked = Promise.allSettled([known.get('a', read), known.get('a', read)]);
  end(0).fail(new Error('no database'));
  expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const again = known.get('a', read);
  end(1).now('found');
  expect(await again).toBe('found');
  expect(count()).toBe(2);
});

it('a read that was under way when it was forgotten is nobody else’s answer', async () => {
  const known = remember();
  const { read, end } = reads();
  const before = known.get('a', read);
  known.forget('a');
  const after = known.get('a', read);
  end(1).now('new');
  end(0).now('old');
  expect(await Promise.all([before, after])).toEqual(['old', 'new']);
  expect(await known.get('a', read)).toBe('new');
});

it('a read that fails after it was forgotten leaves the newer one alone', async () => {
  const known = remember();
  const { read, end, count } = reads();
  const before = known.get('a', read);
  known.forget('a');
  const after = known.get('a', read);
  end(0).fail(new Error('too late'));
  await expect(before).rejects.toThrow('too late');
  end(1).now('new');
  await after;
  expect(await known.get('a', read)).toBe('new');
  expect(count()).toBe(2);
});

it('amends what is known, also what is being read, and nothing else', async () => {
  const known = remember();
  const { read, end, count } = reads();
  known.amend('a', (value) => `${value}, amended`);
  const first = known.get('a', read);
  known.amend('a', (value) => `${value}, amended`);
  end(0).now('found');
  expect(await first).toBe('found');
  expect(await known.get('a', read)).toBe('found, amended');
  expect(count()).toBe(1);
});

it('amended, it stays as old as it is', async () => {
  const known = remember(300);
  await known.get('a', async () => 'old');
  await sleep(200);
  known.amend('a', (value) => `${value}, amended`);
  await sleep(200);
  expect(await known.get('a', async () => 'new')).toBe('new');
});

it('reads anew what has grown too old', async () => {
  const known = remember(1);
  expect(await known.get('a', async () => 'old')).toBe('old');
  await sleep(20);
  expect(await known.get('a', async () => 'new')).toBe('new');
});
