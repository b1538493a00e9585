import { describeCrashes } from '../../support/crash/describe-crashes';
import { BOOKING_CASES } from '../../support/crash/use-cases/booking';

jest.setTimeout(900_000);
describeCrashes(BOOKING_CASES);
