import { describeCrashes } from '../../support/crash/describe-crashes';
import { DIFFERENCE_CASES } from '../../support/crash/use-cases/differences';

jest.setTimeout(900_000);
describeCrashes(DIFFERENCE_CASES);
