import { describeCrashes } from '../../support/crash/describe-crashes';
import { MAKE_UP_CASES } from '../../support/crash/use-cases/make-up';

jest.setTimeout(900_000);
describeCrashes(MAKE_UP_CASES);
