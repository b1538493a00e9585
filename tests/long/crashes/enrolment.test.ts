import { describeCrashes } from '../../support/crash/describe-crashes';
import { ENROLMENT_CASES } from '../../support/crash/use-cases/verification';

jest.setTimeout(900_000);
describeCrashes(ENROLMENT_CASES);
