import { describeCrashes } from '../../support/crash/describe-crashes';
import { VERIFICATION_CASES } from '../../support/crash/use-cases/verification';

jest.setTimeout(900_000);
describeCrashes(VERIFICATION_CASES);
