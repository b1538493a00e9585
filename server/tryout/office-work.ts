import { createApiClient } from '../demo/api-client';
import { eventually } from '../demo/eventually';
import { layMoneyScene, type MoneyScene } from '../demo/money-scene';
import { DEMO_HEADCOUNT } from '../demo/roster';
import { createStudents, DEMO_PASSWORD, type Demo, type DemoStudentPerson, firstApi } from '../demo/seed';
import type { Stack } from '../demo/stack';
import { layTodoItems, type TodoScene } from '../demo/todo-scene';

/** Whose students book together, so that a session with many of them can be moved. */
export const TOGETHER = '茶学';
/** Those of the queues, before those who only book. */
const QUEUED = 7;
const BOOKING = 13;
const WITH_MONEY = 5;

export interface OfficeWork {
  todo: Omit<TodoScene, 'unmatched'>;
  money: MoneyScene;
  demo: Demo;
}

/**
 * What happens as soon as the office has opened booking: students book and pay, and each queue gets one item, all over
 * HTTP and through the sandbox.
 *
 * @param withinMs how long the office may take to open booking
 */
export async function layOfficeWork(stack: Stack, withinMs = 24 * 3_600_000): Promise<OfficeWork> {
  const demo = await openedDemo(stack, withinMs);
  const together = demo.students.filter(({ major }) => major === TOGETHER);
  const others = demo.students.filter(({ major }) => major !== TOGETHER);
  const of = (students: DemoStudentPerson[]): Demo => ({ ...demo, students });
  const todo = await layTodoItems(stack, of([...others.slice(0, QUEUED), ...together.slice(0, BOOKING)]));
  const money = await layMoneyScene(stack, of(others.slice(QUEUED, QUEUED + WITH_MONEY)));
  return { todo, money, demo };
}

/** The campaign that the office has made by hand, once it is open. */
async function openedDemo(stack: Stack, withinMs: number): Promise<Demo> {
  const office = createApiClient(firstApi(stack));
  await office.signIn('office', DEMO_PASSWORD);
  const campaign = await eventually(
    'the office opens booking',
    async () => {
      const { campaigns } = await office.call('GET /api/console/campaigns');
      return campaigns.find(({ phase }) => phase === 'open') ?? null;
    },
    { withinMs, everyMs: 2_000 },
  );
  const students = await createStudents(stack.sandbox, DEMO_HEADCOUNT);
  return { campaign, merchantId: campaign.merchantId, students, office };
}
