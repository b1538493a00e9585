import { describeCrashes } from '../../support/crash/describe-crashes';
import { TIMETABLE_CASES } from '../../support/crash/use-cases/timetable';

jest.setTimeout(900_000);
describeCrashes(TIMETABLE_CASES);
