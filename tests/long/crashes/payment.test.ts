import { describeCrashes } from '../../support/crash/describe-crashes';
import { PAYMENT_CASES } from '../../support/crash/use-cases/payment';

jest.setTimeout(900_000);
describeCrashes(PAYMENT_CASES);
