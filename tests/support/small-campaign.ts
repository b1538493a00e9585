import { DEMO_CAMPAIGN } from '../../server/demo/notice-2023';
import { demoRosterCsv } from '../../server/demo/roster';
import { type Demo, schedule, unscheduled } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { CampaignDraft } from '../../shared/contract/campaigns';
import type { Training } from '../../shared/domain/majors';

export interface SmallRow {
  major: string;
  headcount: number;
  room: string;
  /** "09:00", on the demo's day */
  from: string;
  to: string;
}

export interface SmallStudent {
  major: string;
  training?: Training;
  graduationType?: 'regular' | 'early';
}

/**
 * A campaign of a few rows and students beside the demo's own, made over HTTP as the office makes it: for rules that
 * show only when a session is full.
 */
export async function smallCampaign(
  stack: Stack,
  { office, merchantId }: Demo,
  facts: {
    rules?: Partial<CampaignDraft['rules']>;
    rows: SmallRow[];
    students: SmallStudent[];
    seed: number;
  },
): Promise<Demo> {
  const rules = { ...DEMO_CAMPAIGN.rules, ...facts.rules };
  const draft = { ...DEMO_CAMPAIGN, name: `小批次 ${facts.seed}`, merchantId, rules };
  const { id } = await office.call('POST /api/console/campaigns', { body: unscheduled(draft) });
  await office.call('POST /api/console/campaigns/:id/timetable', {
    params: { id },
    body: { text: tableOf(facts.rows) },
  });
  const people = await stack.sandbox.createPeople(facts.students.length, facts.seed);
  const students = people.map((person, index) => {
    const wanted = facts.students[index] ?? { major: '' };
    return {
      person,
      name: person.name,
      sex: person.sex,
      idNumber: person.idNumber,
      studentNo: `2019${facts.seed}${String(index + 1).padStart(3, '0')}`,
      college: '园林园艺学院',
      className: `${wanted.major}1901`,
      training: 'undergraduate' as const,
      graduationType: 'regular' as const,
      ...wanted,
    };
  });
  await office.call('POST /api/console/campaigns/:id/roster', {
    params: { id },
    body: { csv: demoRosterCsv(students) },
  });
  const campaign = await schedule(office, id, draft);
  return { campaign, merchantId, students, office };
}

function tableOf(rows: readonly SmallRow[]): string {
  const lines = ['专业\t人数\t时间\t备注\t地点'];
  for (const { major, headcount, room, from, to } of rows) {
    const half = from < '12:00' ? '上午' : '下午';
    lines.push(`${major}\t${headcount}\t11月19日（星期六）${half} ${from}—${to}\t\t${room}`);
  }
  return lines.join('\n');
}
