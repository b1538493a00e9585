import { describeCrashes } from '../../support/crash/describe-crashes';
import { DESK_CASES } from '../../support/crash/use-cases/desk';

jest.setTimeout(900_000);
describeCrashes(DESK_CASES, 'day');
