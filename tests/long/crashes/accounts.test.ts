import { describeCrashes } from '../../support/crash/describe-crashes';
import { ACCOUNT_CASES } from '../../support/crash/use-cases/accounts';

jest.setTimeout(900_000);
describeCrashes(ACCOUNT_CASES);
