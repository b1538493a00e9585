import { actorWords, factsWords, subjectWords, verbWords } from '../../../shared/domain/audit-words';
import type { Row, Sheet } from '../../platform/tables/workbook';
import { type AuditQuery, readAudit } from './read-audit';

const PAGE = 500;
const MOST = 200_000;

/** The audit log as a workbook, newest first, read page by page while it is written. */
export const auditSheet = (
  schoolId: string,
  filter: Omit<AuditQuery, 'limit' | 'before'>,
  title: readonly string[],
): Sheet => ({
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

async function* rowsOf(schoolId: string, filter: Omit<AuditQuery, 'limit' | 'before'>): AsyncIterable<Row> {
  let before: string | undefined;
  for (let read = 0; read < MOST; read += PAGE) {
    const { lines, next, names } = await readAudit(schoolId, { ...filter, before, limit: PAGE });
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
}
