import { describeCrashes } from '../../support/crash/describe-crashes';
import { WAIVER_CASES } from '../../support/crash/use-cases/two-people';

jest.setTimeout(900_000);
describeCrashes(WAIVER_CASES, 'day');
