import { describeCrashes } from '../../support/crash/describe-crashes';
import { FINANCE_CASES } from '../../support/crash/use-cases/finance';

jest.setTimeout(900_000);
describeCrashes(FINANCE_CASES);
