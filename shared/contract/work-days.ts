import { z } from 'zod';
import { type ContractPart, Day, Line } from './endpoint';

const WorkDay = z.strictObject({
  day: Day,
  /** true: worked (调休上班) · false: off (放假) */
  working: z.boolean(),
  name: Line(20),
});

export const WorkDaysView = z.object({
  /** 0 before the first correction. */
  version: z.int(),
  days: z.array(WorkDay),
  /** The first and last year whose holidays are published; outside of them only weekends and `days` are known. */
  published: z.object({ from: z.int(), to: z.int() }),
});
export type WorkDaysView = z.infer<typeof WorkDaysView>;

export const workDays = {
  'GET /api/console/work-days': {
    summary: "The school's corrections to the published holidays and 调休",
    who: ['office', 'finance', 'auditor', 'operator'],
    limit: 'read',
    response: WorkDaysView,
  },
  'PUT /api/console/work-days': {
    summary: 'Replace the corrections: promised refund days from now on keep to them',
    who: ['office', 'operator'],
    limit: 'write',
    body: z.strictObject({ version: z.int(), days: z.array(WorkDay).max(400) }),
    response: WorkDaysView,
    errors: ['CHANGED_MEANWHILE'],
  },
} as const satisfies ContractPart;
