import { describeCrashes } from '../../support/crash/describe-crashes';
import { ANNOUNCEMENT_CASES } from '../../support/crash/use-cases/announcements';

jest.setTimeout(900_000);
describeCrashes(ANNOUNCEMENT_CASES);
