import { laySession, layStudents } from '../../server/demo/ground';
import { atOnce, brokenRules } from '../support/race';
import { openTwoProcesses, type TwoProcesses } from '../support/two-processes';

jest.setTimeout(600_000);

const PLACES = 500;
const STUDENTS = 2_000;

/** The rush of tests/race at full size; its control stands there. */
let both: TwoProcesses;
beforeAll(async () => {
  both = await openTwoProcesses();
});
afterAll(() => both?.close());

it('gives 500 places to 2,000 students over two processes, each place once', async () => {
  const { campaignId, ground, stack } = both;
  const sessionId = await laySession(ground, { campaignId, capacity: PLACES });
  const students = await layStudents(ground, { campaignId, sessionId }, STUDENTS);
  const { won, lost } = await atOnce(
    students.map((by, n) => () => both.phone(by, n).call('POST /api/me/bookings', { body: { sessionId } })),
    256,
  );
  expect(won.length).toBe(PLACES);
  expect(lost).toEqual({ SOLD_OUT: STUDENTS - PLACES });
  expect(new Set(won.map(({ seatNo }) => seatNo)).size).toBe(PLACES);
  expect(await brokenRules(stack)).toEqual([]);
});
