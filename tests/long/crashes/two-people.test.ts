import { describeCrashes } from '../../support/crash/describe-crashes';
import { TWO_PEOPLE_CASES } from '../../support/crash/use-cases/two-people';

jest.setTimeout(900_000);
describeCrashes(TWO_PEOPLE_CASES);
