import { describeCrashes } from '../../support/crash/describe-crashes';
import { BILL_JOB_CASES } from '../../support/crash/use-cases/bills';

jest.setTimeout(900_000);
describeCrashes(BILL_JOB_CASES, undefined, undefined, { BILLS_EVERY_S: '1' });
