import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CallLog } from './call-log';

/** What `/metrics` tells of the process, whatever runs in it. No label ever holds anything of a person. */
const registryOfProcess = new Registry();
collectDefaultMetrics({ register: registryOfProcess });

/**
 * A counter of this process.
 *
 * @param labels names; keep their values few
 */
export const counter = <L extends string>(
  name: string,
  help: string,
  labels: readonly L[] = [],
): Counter<L> => new Counter({ name, help, labelNames: [...labels], registers: [registryOfProcess] });

/** What an operator watches. Labels are closed lists: never an id, a name or an amount of one person. */
export interface Metrics {
  /** The text that Prometheus scrapes. */
  text(): Promise<{ contentType: string; body: string }>;
  request(seen: { route: string; method: string; status: number; seconds: number }): void;
  /** An answer that is a registered error. */
  refusal(code: string): void;
  effect(seen: { model: string; kind: string; outcome: 'done' | 'again' | 'failed' }): void;
  job(seen: { job: string; ok: boolean; seconds: number }): void;
  proof(seen: {
    campaign: string;
    unexplainedFen: number;
    oversold: number;
    leaked: number;
    duplicates: number;
  }): void;
  /** Asked anew at every scrape: seconds by which the oldest due effect of each kind of record is late. */
  watchOverdue(look: () => Promise<ReadonlyMap<string, number>>): void;
  /** Counts the calls to an outside service where they are logged. */
  counting(service: string, log: CallLog): CallLog;
}

const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const CALL_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 8];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: 'http_request_seconds',
    help: 'Requests by route as the contract names it, and status',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const refusals = new Counter({
    name: 'refusals_total',
    help: 'Answers that are a registered error, by code',
    labelNames: ['code'],
    registers,
  });
  const effects = new Counter({
    name: 'effects_total',
    help: 'Effects run, by kind and outcome',
    labelNames: ['model', 'kind', 'outcome'],
    registers,
  });
  const jobs = new Counter({
    name: 'job_runs_total',
    help: 'Runs of jobs',
    labelNames: ['job', 'ok'],
    registers,
  });
  const jobSeconds = new Gauge({
    name: 'job_last_seconds',
    help: 'How long the last run of a job took',
    labelNames: ['job'],
    registers,
  });
  const jobAt = new Gauge({
    name: 'job_last_success_timestamp_seconds',
    help: 'When a job last succeeded, by the clock of this machine',
    labelNames: ['job'],
    registers,
  });
  const proofs = new Gauge({
    name: 'proof_violations',
    help: 'Last proof of a campaign: fen unexplained, seats oversold, leaked, taken twice; all must be 0',
    labelNames: ['campaign', 'what'],
    registers,
  });
  const calls = new Histogram({
    name: 'outgoing_call_seconds',
    help: 'Calls to WeChat, WeChat Pay and Tencent Cloud, by operation and how they ended',
    labelNames: ['service', 'operation', 'outcome'],
    buckets: CALL_BUCKETS,
    registers,
  });

  const count = (service: string, facts: object) => {
    if (!('operation' in facts && 'milliseconds' in facts)) return;
    const outcome = 'kind' in facts ? String(facts.kind) : 'ok';
    calls.observe(
      { service, operation: String(facts.operation), outcome },
      Number(facts.milliseconds) / 1000,
    );
  };

  return {
    async text() {
      const all = Registry.merge([registryOfProcess, registry]);
      return { contentType: all.contentType, body: await all.metrics() };
    },
    request: ({ route, method, status, seconds }) => requests.observe({ method, route, status }, seconds),
    refusal: (code) => refusals.inc({ code }),
    effect: (seen) => effects.inc(seen),
    job({ job, ok, seconds }) {
      jobs.inc({ job, ok: String(ok) });
      jobSeconds.set({ job }, seconds);
      if (ok) jobAt.setToCurrentTime({ job });
    },
    proof({ campaign, unexplainedFen, oversold, leaked, duplicates }) {
      for (const [what, value] of Object.entries({ unexplainedFen, oversold, leaked, duplicates }))
        proofs.set({ campaign, what }, value);
    },
    watchOverdue(look) {
      new Gauge({
        name: 'effects_overdue_seconds',
        help: 'How late the oldest due effect is, by kind of record; minutes mean that the sweep does not keep up',
        labelNames: ['model'],
        registers,
        async collect() {
          for (const [model, seconds] of await look()) this.set({ model }, seconds);
        },
      });
    },
    counting: (service, log) => ({
      info(facts, message) {
        count(service, facts);
        log.info(facts, message);
      },
      warn(facts, message) {
        count(service, facts);
        log.warn(facts, message);
      },
    }),
  };
}
