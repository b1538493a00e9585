import { BLANK_DRAFT, BLANK_MAKE_UP } from '../../../server/console/pages/batch/draft';
import { nextOf, type StepKey, stepsOf } from '../../../server/console/pages/batch/wizard/steps';
import type { CampaignAdminView } from '../../../shared/contract/campaigns';
import type { NoticeCheckView } from '../../../shared/contract/imports';

const NONE = { sessions: 0, students: 0, matched: 0, cannotCome: 0, booked: 0, paid: 0, arrived: 0, shot: 0 };

const blank: CampaignAdminView = {
  ...BLANK_DRAFT,
  id: 'c',
  schoolId: 's',
  schoolName: '云南农业大学',
  merchantId: 'm',
  name: '2023 届',
  registryOffice: '学籍科',
  phase: 'draft',
  priceFen: 1500,
  version: 1,
  counts: NONE,
  openedAt: null,
  collectionClosedAt: null,
};

const DAY = [{ day: '2022-11-19', hours: [{ from: '08:30', to: '12:00' }] }];
const filled: CampaignAdminView = {
  ...blank,
  contacts: [{ label: '客服', phone: '1' }],
  feeBasis: '云教函',
  place: '逸夫楼',
  rooms: ['C区202'],
  collectionDays: DAY,
  counts: { ...NONE, sessions: 103, students: 10, matched: 10 },
  bookingClosesAt: '2022-11-18T22:00:00+08:00',
  makeUp: { ...BLANK_MAKE_UP, deadline: '2023-04-30' },
};
const NOTICE: NoticeCheckView = {
  version: 1,
  text: '通知',
  findings: [],
  checked: { sessions: 103, students: 10 },
};
const FINDING = {
  line: 3,
  column: '',
  severity: 'warning',
  code: 'too_tight',
  message: '太紧',
  text: '',
} as const;

const stateOf = (key: StepKey, campaign: CampaignAdminView, notice: NoticeCheckView | null = NOTICE) =>
  stepsOf(campaign, notice).find((step) => step.key === key)?.state;

it('begins with what is missing first, and ends with the opening', () => {
  expect(nextOf(stepsOf(blank, null))).toBe('fees');
  expect(nextOf(stepsOf({ ...filled, counts: NONE }, NOTICE))).toBe('timetable');
  expect(nextOf(stepsOf(filled, NOTICE))).toBe('open');
});

it('has every step done when all is filled in and booking is open', () => {
  const states = stepsOf({ ...filled, phase: 'open' }, NOTICE).map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(['done']));
});

it.each<[StepKey, Partial<CampaignAdminView>]>([
  ['school', { contacts: [] }],
  ['matching', { counts: { ...filled.counts, matched: 9 } }],
  ['window', { bookingClosesAt: '2022-11-20T00:00:00+08:00' }],
  ['window', { bookingOpensAt: '2022-11-18T23:00:00+08:00' }],
  ['make-up', { makeUp: { ...BLANK_MAKE_UP, deadline: '2022-11-19' } }],
])('marks a problem at %s, which does not keep the work from going on', (key, wrong) => {
  const campaign = { ...filled, ...wrong };
  expect(stateOf(key, campaign)).toBe('problem');
  expect(nextOf(stepsOf(campaign, NOTICE))).toBe('open');
});

it('has the notice to check until its text is there, and tells what was found', () => {
  expect(stateOf('notice', filled, { ...NOTICE, text: '' })).toBe('todo');
  expect(stateOf('notice', filled, { ...NOTICE, findings: [FINDING] })).toBe('problem');
  expect(stateOf('notice', filled, { ...NOTICE, findings: [{ ...FINDING, severity: 'info' }] })).toBe('done');
});
