import { describeCrashes } from '../../support/crash/describe-crashes';
import { REVERSAL_CASES } from '../../support/crash/use-cases/finance';

jest.setTimeout(900_000);
describeCrashes(REVERSAL_CASES, 'day');
