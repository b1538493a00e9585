import { describeCrashes } from '../../support/crash/describe-crashes';
import { BATCH_CASES } from '../../support/crash/use-cases/settlement';

jest.setTimeout(900_000);
describeCrashes(BATCH_CASES, 'closing', 'before');
