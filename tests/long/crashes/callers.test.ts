import { describeCrashes } from '../../support/crash/describe-crashes';
import { CALLER_CASES } from '../../support/crash/use-cases/callers';

jest.setTimeout(900_000);
describeCrashes(CALLER_CASES);
