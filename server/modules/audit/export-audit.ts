import { actorWords, factsWords, subjectWords, verbWords } from '../../../shared/domain/audit-words';
import type { Row, Sheet } from '../../platform/tables/workbook';
import { type AuditQuery, readAudit } from './read-audit';

const PAGE = 500;
const MOST = 200_000;

type Filter = Omit<AuditQuery, 'limit' | 'before' | 'imports'>;

/**
 * The audit log as a workbook, newest first, read page by page while it is written. What imports wrote is in it line by
 * line: nobody who has the workbook can press on an import. A log too long for one says so in its last line.
 */
export const auditSheet = (schoolId: string, filter: Filter, title: readonly string[]): Sheet => ({
  name: '审计',
  title,
  columns: [
    { title: '时间', kind: 'instant', width: 20 },
    { title: '谁', width: 18 },
    { title: '做了什么', width: 22 },
    { title: '对象', width: 22 },
    { title: '详情', width: 60 },
    { title: '对象编号', width: 34 },
  ],
  rows: rowsOf(schoolId, filter),
});

async function* rowsOf(schoolId: string, filter: Filter): AsyncIterable<Row> {
  let before: string | undefined;
  for (let read = 0; read < MOST; read += PAGE) {
    const { lines, next, names } = await readAudit(schoolId, {
      ...filter,
      imports: 'each',
      before,
      limit: PAGE,
    });
    for (const { at, actor, verb, subject, facts } of lines) {
      yield [
        new Date(at),
        names[actor] ?? actorWords(actor),
        verbWords(verb),
        names[subject] ?? subjectWords(subject),
        factsWords(facts),
        subject,
      ];
    }
    if (next === null) return;
    before = next;
  }
  yield [null, '', '还有更早的记录', '', `一个文件最多 ${MOST} 条，请选日期分几次导出`];
}
