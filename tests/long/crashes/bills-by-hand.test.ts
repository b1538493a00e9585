import { describeCrashes } from '../../support/crash/describe-crashes';
import { BILL_CASES } from '../../support/crash/use-cases/bills';

jest.setTimeout(900_000);
describeCrashes(BILL_CASES);
