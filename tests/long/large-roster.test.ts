import { type Demo, seedDemo } from '../../server/demo/seed';
import type { Api, Stack } from '../../server/demo/stack';
import { openTable } from '../../server/platform/tables/open-table';
import { xlsxBytes } from '../../server/platform/tables/write-xlsx';
import { watchMemory } from '../../server/rehearsal/watch-memory';
import { importer } from '../support/importer';
import { startTestStack } from '../support/stack';

jest.setTimeout(900_000);

const STUDENTS = 100_000;
/** Whoever kept the table, or all students, would die of this heap. */
const HEAP_MB = 224;
/** What an API process may hold, the embedded database apart. */
const MOST_MB = 400;
const HEADINGS = ['姓名', '学号', '学院', '专业', '班级', '培养类型', '毕业类型'];

let stack: Stack;
let demo: Demo;
let api: Api;
beforeAll(async () => {
  stack = await startTestStack({ env: { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` } });
  demo = await seedDemo(stack, 1);
  [api] = stack.apis as [Api];
});
afterAll(() => stack?.stop());

it('imports 100,000 rows, and again with one change, in bounded memory', async () => {
  const steps = importer(demo.office, demo.campaign.id);
  const first = await rosterOf(() => '');
  const figures: Record<string, string>[] = [];
  const measured = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const memory = watchMemory(api.pid);
    const started = Date.now();
    const result = await work();
    const peak = await memory.stop();
    figures.push({ what, seconds: ((Date.now() - started) / 1000).toFixed(1), 'peak MB': String(peak) });
    if (peak !== null) expect(peak).toBeLessThan(MOST_MB);
    return result;
  };

  const opened = await measured('upload', () => steps.upload('roster', first, '十万人.xlsx'));
  const preview = await measured('dry run', () => steps.roster(opened));
  expect(preview).toMatchObject({ students: STUDENTS, added: STUDENTS, counts: { error: 0 } });
  await measured('write', async () => {
    await steps.commit(opened, preview);
    expect(await steps.ended(opened.import.id, { withinMs: 600_000 })).toMatchObject({
      state: 'done',
      outcome: { students: STUDENTS, added: STUDENTS },
    });
  });

  const again = await steps.upload('roster', await rosterOf((n) => (n === 77_777 ? '改' : '')), '再次.xlsx');
  const difference = await measured('dry run of a re-import', () => steps.roster(again));
  expect(difference).toMatchObject({ added: 0, changed: 1, removed: 0, unchanged: STUDENTS - 1 });
  expect(difference.changes).toMatchObject([{ after: { name: '学生改' } }]);

  // Every tenth row has no name.
  const broken = await steps.upload('roster', await rosterOf((n) => (n % 10 === 0 ? null : '')), '有错.xlsx');
  const refused = await measured('dry run with 10,000 errors', () => steps.roster(broken));
  expect(refused.counts.error).toBe(STUDENTS / 10);
  const annotated = await measured('annotated workbook', () => steps.annotated(broken));
  const marked = await openTable(annotated, () => false);
  let problems = 0;
  for await (const { cells } of marked.rows(1)) if (cells[1] === '姓名') problems += 1;
  expect(problems).toBe(STUDENTS / 10);
  console.table(figures);
});

/** @param suffix of the nth student's name; null for no name at all */
async function rosterOf(suffix: (n: number) => string | null): Promise<Buffer> {
  const majors = ['农学', '植物保护', '茶学', '动物医学', '英语', '园艺', '法学', '会计学'];
  function* rows() {
    for (let n = 0; n < STUDENTS; n += 1) {
      const major = majors[n % majors.length] ?? '';
      const more = suffix(n);
      const studentNo = `2019${String(n).padStart(7, '0')}`;
      yield [more === null ? '' : `学生${more}`, studentNo, '农学院', major, `${major}1901`, '本科', '应届'];
    }
  }
  return xlsxBytes([{ name: '名单', columns: HEADINGS.map((title) => ({ title })), rows: rows() }]);
}
