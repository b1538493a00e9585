import { describeCrashes } from '../../support/crash/describe-crashes';
import { REVIEW_CASES } from '../../support/crash/use-cases/queues';

jest.setTimeout(900_000);
describeCrashes(REVIEW_CASES);
