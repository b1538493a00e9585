import { BLANK_DRAFT } from '../../../server/console/pages/batch/draft';
import { nextStep, type Situation } from '../../../server/console/pages/today/next-step';
import type { CampaignAdminView } from '../../../shared/contract/campaigns';

const campaign: CampaignAdminView = {
  ...BLANK_DRAFT,
  id: 'c',
  schoolId: 's',
  schoolName: '云南农业大学',
  merchantId: 'm',
  name: '2023 届',
  registryOffice: '学籍科',
  phase: 'over',
  priceFen: 3000,
  version: 1,
  counts: {
    sessions: 1,
    students: 9,
    matched: 9,
    cannotCome: 0,
    booked: 9,
    paid: 9,
    arrived: 7,
    shot: 7,
  },
  openedAt: null,
  collectionClosedAt: null,
};

const after = (uncollected: Situation['uncollected']) =>
  nextStep({
    campaign,
    now: new Date('2022-11-20T02:00:00Z'),
    phones: 3,
    batches: [],
    uncollected,
    reader: { name: '财务处王会计', mayDecide: true },
  });

it('waits for the staff phones before anything is refunded, and says whom that keeps waiting', () => {
  const step = after({ bookings: 2, amountFen: 6000, phones: 1 });
  expect(step).toMatchObject({ title: '等 1 台现场手机传完', turn: 'office', to: 'settlement' });
  expect(step.why).toContain('2 人共 60.00 元');
});

it('is the refund once every phone has uploaded, and the bills when nobody is left', () => {
  expect(after({ bookings: 2, amountFen: 6000, phones: 0 })).toMatchObject({
    title: '退还 2 人共 60.00 元',
    turn: 'finance',
  });
  expect(after({ bookings: 0, amountFen: 0, phones: 1 }).title).toBe('核对微信账单');
});

it('does not tell a college that the refunds are done, which it may not know', () => {
  const step = after(null);
  expect(step).toMatchObject({ title: '退款和对账', stage: 3, turn: 'finance' });
  expect(step.why).not.toContain('已处理完');
});
