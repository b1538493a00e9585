import { describeCrashes } from '../../support/crash/describe-crashes';
import { IMPORT_CASES } from '../../support/crash/use-cases/imports';

jest.setTimeout(900_000);
describeCrashes(IMPORT_CASES);
