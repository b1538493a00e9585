import { type HomeFacts, homeKind, type StepFacts, track } from '../../../shared/domain/home-state';

const NOBODY: StepFacts = { identity: 'none', enrolment: null, booking: null };
const VERIFIED: StepFacts = { ...NOBODY, identity: 'verified' };
const CONFIRMED: StepFacts = { ...VERIFIED, enrolment: { confirmed: true } };
const NO_SHOW: HomeFacts['booking'] = {
  place: 'no_show',
  payment: 'paid',
  attendance: 'expected',
  orderOpen: false,
  holdExpired: false,
  missed: false,
  shotDay: null,
};

const dots = (phase: HomeFacts['phase'], facts: StepFacts) =>
  track(homeKind({ phase, today: '2022-11-20', hasConflict: false, makeUpOpen: false, ...facts }), facts).map(
    ({ state }) => state,
  );

describe('the five dots', () => {
  it('never show a step as done that was not taken before time ran out', () => {
    expect(dots('over', NOBODY)).toEqual(['todo', 'todo', 'todo', 'todo', 'attention']);
    expect(dots('over', VERIFIED)).toEqual(['done', 'todo', 'todo', 'todo', 'attention']);
    expect(dots('over', CONFIRMED)).toEqual(['done', 'done', 'todo', 'todo', 'attention']);
    expect(dots('collecting', NOBODY)).toEqual(['todo', 'todo', 'attention', 'todo', 'todo']);
  });

  it('show all that leads to a booking as done, also of a walk-in who never verified', () => {
    expect(dots('over', { ...NOBODY, booking: NO_SHOW })).toEqual([
      'done',
      'done',
      'done',
      'done',
      'attention',
    ]);
  });

  it('stand at the next step while booking is open', () => {
    expect(dots('open', NOBODY)).toEqual(['now', 'todo', 'todo', 'todo', 'todo']);
    expect(dots('open', CONFIRMED)).toEqual(['done', 'done', 'now', 'todo', 'todo']);
  });
});
