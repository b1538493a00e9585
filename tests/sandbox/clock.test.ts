import { type FollowedClock, followClock } from '../../server/platform/clock';
import { openTestSandbox, type TestSandbox } from './support/sandbox';

interface Reading {
  now: string;
  offsetMs: number;
  seq: number;
  silent: string[];
}

describe('the demo clock', () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await openTestSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => move({ offsetMs: 0 }));

  const move = (body: object) => sandbox.control<Reading>('POST', '/clock', body);

  it('has moved for every follower when the request to move it is answered', async () => {
    const followers: FollowedClock[] = await Promise.all(
      ['api', 'effects'].map((name) => followClock(sandbox.urls.control, name)),
    );
    const { body } = await move({ now: '2027-11-26T09:05:00+08:00' });
    expect(body.silent).toEqual([]);
    for (const clock of followers) {
      expect(clock.now().toISOString().slice(0, 16)).toBe('2027-11-26T01:05');
      clock.close();
    }
  });

  it('names the followers that did not acknowledge in time', async () => {
    const deaf = await fetch(`${sandbox.urls.control}/clock/stream?follower=deaf`);
    const { body } = await move({ advanceMs: 1_000 });
    expect(body.silent).toEqual(['deaf']);
    await deaf.body?.cancel();
  });

  it('moves back only when told so, or to the machine’s own time', async () => {
    await move({ advanceMs: 3_600_000 });
    expect((await move({ advanceMs: -1_000 })).status).toBe(409);
    expect((await move({ advanceMs: -1_000, allowBackwards: true })).body.offsetMs).toBe(3_599_000);
    expect((await move({ offsetMs: 0 })).body.offsetMs).toBe(0);
  });

  it('refuses an instant it cannot read', async () => {
    expect((await move({ now: 'tomorrow' })).status).toBe(400);
  });

  it('keeps the named instants of the demo, which pages of any origin may read', async () => {
    const phases = [{ key: 'open', label: '开放', at: '2022-11-20T10:00:00+08:00' }];
    await sandbox.control('PUT', '/clock/phases', phases);
    const response = await fetch(`${sandbox.urls.control}/clock/phases`, {
      headers: { origin: 'http://127.0.0.1:5173' },
    });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toEqual(phases);
  });

  it('keeps private keys from pages of other origins', async () => {
    const response = await fetch(`${sandbox.urls.control}/credentials`, {
      headers: { origin: 'http://127.0.0.1:5173' },
    });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
