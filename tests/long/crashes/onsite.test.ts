import { describeCrashes } from '../../support/crash/describe-crashes';
import { ONSITE_CASES } from '../../support/crash/use-cases/onsite';

jest.setTimeout(900_000);
describeCrashes(ONSITE_CASES, 'day');
