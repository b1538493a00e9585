import { describeCrashes } from '../../support/crash/describe-crashes';
import { KEY_CASES } from '../../support/crash/use-cases/accounts';

jest.setTimeout(900_000);
describeCrashes(KEY_CASES);
