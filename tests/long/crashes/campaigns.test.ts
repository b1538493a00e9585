import { describeCrashes } from '../../support/crash/describe-crashes';
import { CAMPAIGN_CASES } from '../../support/crash/use-cases/campaigns';

jest.setTimeout(900_000);
describeCrashes(CAMPAIGN_CASES);
