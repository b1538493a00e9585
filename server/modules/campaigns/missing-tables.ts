import { countStudents } from '../roster/find-student';
import { sessionsOf } from './find-campaign';

/** 时间安排表 and 学生名单 */
export const TABLES = ['时间安排表', '学生名单'] as const;

/** The tables without which booking may not open, by name; none when both are there. Once written they are never empty again. */
export async function missingTables(campaignId: string): Promise<string[]> {
  const [sessions, students] = await Promise.all([sessionsOf(campaignId), countStudents(campaignId)]);
  const rows = { 时间安排表: sessions.length, 学生名单: students };
  return TABLES.filter((table) => rows[table] === 0);
}
