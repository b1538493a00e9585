import { NOTICE_ROWS } from '../../../server/demo/notice-2023-rows';
import { drawArrivals, USUAL_HABITS } from '../../../server/queue-model/arrivals';
import { type Arrival, playRoom } from '../../../server/queue-model/play-room';
import { seededRandom } from '../../../server/queue-model/seeded-random';
import { overflowingRows, overfullRows, summariseRoom } from '../../../server/queue-model/summarise';

const WHOLE_DAY = [{ from: 0, to: 86_400 }];
const arrival = (at: number, serviceSeconds = 18): Arrival => ({ at, row: 0, isLate: false, serviceSeconds });

it('lets nobody wait where the next one comes after the last one is done', () => {
  const served = playRoom(
    [0, 20, 40, 60].map((at) => arrival(at)),
    1,
    WHOLE_DAY,
  );
  expect(summariseRoom(served)).toMatchObject({ served: 4, longestWaitSeconds: 0, endsAt: 78 });
});

it('lets those who come at once wait for those before them, and half as long with two cameras', () => {
  const crowd = [0, 0, 0, 0].map((at) => arrival(at));
  const waits = (desks: number) =>
    playRoom(crowd, desks, WHOLE_DAY).map(({ waitedSeconds }) => waitedSeconds);
  expect(waits(1)).toEqual([0, 18, 36, 54]);
  expect(waits(2)).toEqual([0, 0, 18, 18]);
  expect(summariseRoom(playRoom(crowd, 1, WHOLE_DAY))).toMatchObject({
    meanWaitSeconds: 27,
    longestQueue: 3,
  });
});

it('serves during a break only those who came before it', () => {
  const hours = [
    { from: 0, to: 100 },
    { from: 200, to: 300 },
  ];
  const began = playRoom([arrival(90), arrival(95), arrival(120)], 1, hours).map(({ beganAt }) => beganAt);
  expect(began).toEqual([90, 108, 200]);
});

it('finds the row of the notice that cannot be kept: 植物保护, 111 in twenty minutes', () => {
  const secondsOf = (time: string) => Number(time.slice(0, 2)) * 3600 + Number(time.slice(3)) * 60;
  const notice = NOTICE_ROWS.C区202 ?? [];
  const rows = notice.map(([, headcount, from, to]) => ({
    headcount,
    from: secondsOf(from),
    to: secondsOf(to),
  }));
  const overfull = (desks: number) =>
    overfullRows(rows, desks, USUAL_HABITS)
      .filter(({ excessSeconds }) => excessSeconds > 180)
      .map(({ row }) => notice[row]?.[0]);
  expect(overfull(1)).toEqual(['植物保护', '体育教育']);
  expect(overfull(2)).toEqual([]);

  // Whoever is before them in the queue decides whether they or the next ones are late; somebody is.
  const overflowing = (desks: number, seed: string) => {
    const served = playRoom(drawArrivals(rows, USUAL_HABITS, seededRandom(seed)), desks, WHOLE_DAY);
    return overflowingRows(rows, served, 300).map(({ row }) => notice[row]?.[0] ?? '');
  };
  for (const seed of ['1', '2', '3', '4', '5']) {
    expect(overflowing(1, seed).some((major) => major.startsWith('植物保护'))).toBe(true);
    expect(overflowing(2, seed)).toEqual([]);
  }
});
