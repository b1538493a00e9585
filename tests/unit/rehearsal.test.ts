import { DEMO_HEADCOUNT } from '../../server/demo/roster';
import { countCohorts } from '../../server/rehearsal/cohorts';
import { specialCases, tooFew } from '../../server/rehearsal/special-cases';

const usual = { graduationType: 'regular', training: 'undergraduate' } as const;
const early = { ...usual, graduationType: 'early' } as const;
const second = { ...usual, training: 'second_degree' } as const;

const LATE = ['lost_id', 'late', 'corrected', 'unverified', 'paid_by_another', 'owes'] as const;
const six = <T>(one: T): T[] => Array.from({ length: 6 }, () => one);

/** Six of every special case, each played to its end. */
const whole = [
  ...LATE.flatMap((cohort) => six({ cohort, photographed: true, student: usual })),
  ...six({ cohort: 'never_shot' as const, photographed: false, student: usual }),
  ...six({ cohort: 'usual' as const, photographed: true, student: early }),
  ...six({ cohort: 'usual' as const, photographed: true, student: second }),
];

describe('the rehearsal of the whole day', () => {
  it('plans at least five of everything that a student may do', () => {
    expect(tooFew(countCohorts(DEMO_HEADCOUNT))).toEqual([]);
  });

  it('has nothing to say when six of each were played', () => {
    expect(tooFew(specialCases(whole))).toEqual([]);
  });

  it.each([...LATE, 'early_graduates', 'second_degree', 'never_shot'] as const)(
    'fails where two of six did not get so far: %s',
    (name) => {
      const ofCase = (player: (typeof whole)[number]) => specialCases([player])[name] === 1;
      let left = 2;
      const players = whole.map((player) => {
        if (!ofCase(player) || left === 0) return player;
        left -= 1;
        return { ...player, photographed: !player.photographed };
      });
      expect(tooFew(specialCases(players))).toEqual([`${name}: 4, must be at least 5`]);
    },
  );
});
