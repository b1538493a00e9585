import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isClean, type Proof, prove } from '../checker/prove';
import { runTool, WrongUse } from './tool/run-tool';

const USAGE = 'npm run prove -- --mongodb URI [--sandbox CONTROL_URL] [--settled] [--json FILE]';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      mongodb: { type: 'string' },
      sandbox: { type: 'string' },
      settled: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  if (!values.mongodb) throw new WrongUse('--mongodb is missing');
  const proof = await prove({
    mongodbUri: values.mongodb,
    settled: values.settled,
    ...(values.sandbox ? { sandboxControlUrl: values.sandbox } : {}),
  });
  if (values.json) writeFileSync(values.json, JSON.stringify(proof, null, 2));
  console.log(describe(proof));
  if (!isClean(proof)) process.exitCode = 1;
}

function describe({ seats, money, problems }: Proof): string {
  const lines = problems.map(({ subject, sentence }) => `  - ${subject} ${sentence}`);
  return [
    `Seats: ${seats.taken} of ${seats.total} taken; oversold ${seats.oversold}, leaked ${seats.leaked}, duplicates ${seats.duplicates}`,
    `Money (fen): paid ${money.paid}, refunded ${money.refunded}, refunding ${money.refunding}, quarantined ${money.quarantined}, in transit ${money.inTransit}, fees ${money.fees}; unexplained ${money.unexplained}`,
    ...lines,
  ].join('\n');
}

void runTool({ usage: USAGE, run: main });
