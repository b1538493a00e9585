import { type HomeFacts, homeKind, type StepFacts, track } from '../../../shared/domain/home-state';

const NOBODY: StepFacts = { identity: 'none', enrolment: null, booking: null };
const VERIFIED: StepFacts = { ...NOBODY, identity: 'verified' };
const CONFIRMED: StepFacts = { ...VERIFIED, enrolment: { confirmed: true } };
const NO_SHOW: NonNullable<HomeFacts['booking']> = {
  place: 'no_show',
  payment: 'paid',
  attendance: 'expected',
  orderOpen: false,
  holdExpired: false,
  missed: false,
  shotDay: null,
};

const MISSED: HomeFacts['booking'] = { ...NO_SHOW, place: 'booked', missed: true };

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

  it('show the money of a missed place as paid while its make-up time is chosen', () => {
    const makeUpDots = (booking: HomeFacts['booking']) =>
      track('make_up', { ...CONFIRMED, booking }).map(({ state }) => state);
    expect(makeUpDots(MISSED)).toEqual(['done', 'done', 'now', 'done', 'todo']);
    // The batch has given it back: a make-up place is paid for anew.
    expect(makeUpDots(NO_SHOW)).toEqual(['done', 'done', 'now', 'todo', 'todo']);
  });

  it('stand at the next step while booking is open', () => {
    expect(dots('open', NOBODY)).toEqual(['now', 'todo', 'todo', 'todo', 'todo']);
    expect(dots('open', CONFIRMED)).toEqual(['done', 'done', 'now', 'todo', 'todo']);
  });
});
