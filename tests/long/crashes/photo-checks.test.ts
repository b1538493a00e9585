import { describeCrashes } from '../../support/crash/describe-crashes';
import { PHOTO_CHECK_CASES } from '../../support/crash/use-cases/photo-checks';

jest.setTimeout(900_000);
describeCrashes(PHOTO_CHECK_CASES, 'day');
