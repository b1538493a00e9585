import { describeCrashes } from '../../support/crash/describe-crashes';
import { STUCK_REFUND_CASES } from '../../support/crash/use-cases/stuck-refunds';

jest.setTimeout(900_000);
describeCrashes(STUCK_REFUND_CASES);
