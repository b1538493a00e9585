import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EJSON } from 'bson';
import { startEmbeddedMongo } from '../embedded-mongo/server';
import { systemClock } from '../platform/clock';
import { runSpecFile, type Verdict } from './mongo-spec/run-file';
import { runTool, WrongUse } from './tool/run-tool';

const USAGE = 'SPEC_TESTS=FOLDER node scripts/run.mjs cli/mongo-spec';

/**
 * Runs MongoDB's published CRUD tests (unified test format, the *.json files of the folder in SPEC_TESTS) against the
 * embedded database, through the official driver.
 * Exit code 1 when one fails. "Refused" is a test of something the server openly does not do.
 */
async function main(): Promise<void> {
  const folder = process.env.SPEC_TESTS;
  if (!folder) throw new WrongUse('SPEC_TESTS must name the folder with the test files');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mongo-spec-'));
  const server = await startEmbeddedMongo({ dataDir, clock: systemClock });
  const totals: Record<Verdict['kind'], number> = { passed: 0, refused: 0, failed: 0, skipped: 0 };
  try {
    for (const name of files) {
      const file: unknown = EJSON.parse(readFileSync(path.join(folder, name), 'utf8'), { relaxed: true });
      const verdicts = await runSpecFile(file, server.uri);
      for (const { kind } of verdicts) totals[kind]++;
      report(name, verdicts);
    }
  } finally {
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  console.log(
    Object.entries(totals)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(', '),
  );
  if (totals.failed > 0) process.exitCode = 1;
}

function report(name: string, verdicts: readonly Verdict[]): void {
  const count = (kind: Verdict['kind']) => verdicts.filter((verdict) => verdict.kind === kind).length;
  console.log(
    `${name}: ${count('passed')} passed, ${count('refused')} refused, ${count('failed')} failed, ${count('skipped')} for other versions`,
  );
  for (const { kind, test, reason } of verdicts) {
    if (kind === 'failed' || kind === 'refused') console.log(`  ${kind}: ${test}: ${reason}`);
  }
}

void runTool({ usage: USAGE, run: main, showStacks: true });
