import { describeCrashes } from '../../support/crash/describe-crashes';
import { MONEY_TASK_CASES } from '../../support/crash/use-cases/money-tasks';

jest.setTimeout(900_000);
describeCrashes(MONEY_TASK_CASES);
