import { describeCrashes } from '../../support/crash/describe-crashes';
import { RECEIPT_CASES } from '../../support/crash/use-cases/receipts';

jest.setTimeout(900_000);
describeCrashes(RECEIPT_CASES);
