import { describeCrashes } from '../../support/crash/describe-crashes';
import { CORRECTION_CASES } from '../../support/crash/use-cases/corrections';

jest.setTimeout(900_000);
describeCrashes(CORRECTION_CASES);
