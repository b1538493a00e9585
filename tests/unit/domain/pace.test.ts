import { type PacedSession, paceOf } from '../../../shared/domain/pace';

const at = (time: string): number => Date.parse(`2022-11-19T${time}:00+08:00`);
const session = (from: string, to: string, counts: Partial<PacedSession> = {}): PacedSession => ({
  startsAt: at(from),
  endsAt: at(to),
  booked: 0,
  arrived: 0,
  shot: 0,
  ...counts,
});
/** One every so many seconds, the last one now. */
const shots = (now: number, count: number, seconds: number): number[] =>
  Array.from({ length: count }, (_, index) => now - index * seconds * 1000);

describe('the pace of a room', () => {
  it('is the time from shot to shot in the last quarter of an hour', () => {
    const now = at('09:15');
    expect(paceOf([], shots(now, 20, 18), now).secondsAShot).toBe(18);
    expect(paceOf([], [...shots(now, 3, 20), at('08:00')], now).secondsAShot).toBe(20);
  });

  it('is unknown before three people were photographed', () => {
    const now = at('09:15');
    expect(paceOf([], shots(now, 2, 18), now)).toMatchObject({ secondsAShot: null, endsAt: null });
  });

  it('says how many should have been photographed by the clock', () => {
    const day = [session('09:00', '09:10', { booked: 30 }), session('09:10', '09:20', { booked: 40 })];
    expect(paceOf(day, [], at('08:50')).dueByNow).toBe(0);
    expect(paceOf(day, [], at('09:15')).dueByNow).toBe(50);
    expect(paceOf(day, [], at('12:00')).dueByNow).toBe(70);
  });
});

describe('the forecast of the end', () => {
  it('works off who is left at this pace', () => {
    const now = at('09:05');
    const day = [session('09:00', '09:20', { booked: 40, arrived: 20, shot: 10 })];
    expect(paceOf(day, shots(now, 10, 20), now).endsAt).toBe(now + 30 * 20_000);
  });

  it('does not begin a session before its time', () => {
    const now = at('09:05');
    const day = [
      session('09:00', '09:10', { booked: 10, arrived: 10, shot: 10 }),
      session('14:00', '14:10', { booked: 3 }),
    ];
    expect(paceOf(day, shots(now, 10, 20), now).endsAt).toBe(at('14:01'));
  });

  it('does not wait for those who did not come to a session that is over', () => {
    const now = at('09:30');
    const day = [session('09:00', '09:10', { booked: 50, arrived: 12, shot: 10 })];
    expect(paceOf(day, shots(now, 10, 20), now).endsAt).toBe(now + 2 * 20_000);
  });
});
