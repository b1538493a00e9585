import { describeCrashes } from '../../support/crash/describe-crashes';
import { SETTLEMENT_CASES } from '../../support/crash/use-cases/settlement';

jest.setTimeout(900_000);
describeCrashes(SETTLEMENT_CASES, 'closing');
