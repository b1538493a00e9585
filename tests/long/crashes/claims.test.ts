import { describeCrashes } from '../../support/crash/describe-crashes';
import { CLAIM_CASES } from '../../support/crash/use-cases/queues';

jest.setTimeout(900_000);
describeCrashes(CLAIM_CASES);
