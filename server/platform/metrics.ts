import { Counter, collectDefaultMetrics, Registry } from 'prom-client';

/** What `/metrics` tells. Numbers only: no label ever holds anything of a person. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

/**
 * A counter of this process.
 *
 * @param labels names; keep their values few
 */
export const counter = <L extends string>(
  name: string,
  help: string,
  labels: readonly L[] = [],
): Counter<L> => new Counter({ name, help, labelNames: [...labels], registers: [registry] });
