import { describeCrashes } from '../../support/crash/describe-crashes';
import { OFFICE_CASES } from '../../support/crash/use-cases/office';

jest.setTimeout(900_000);
describeCrashes(OFFICE_CASES);
