import { type Kind, RULES, type Rule } from './rules';

/** One broken rule. */
export interface Violation {
  rule: Rule;
  /** What it is about, with its id: "booking 6370…". */
  subject: string;
  /** Continues the subject: "is released, and active is true". */
  sentence: string;
  /** How much money is not explained by it, fen; 0 when none moved. */
  fen: number;
}

export interface Problem extends Violation {
  kind: Kind;
}

const LISTED = 100;

/** Counts everything, lists the first hundred. */
export class Findings {
  readonly listed: Problem[] = [];
  private readonly counts = { oversold: 0, leaked: 0, duplicate: 0, unexplained: 0 };
  private fen = 0;

  add(violation: Violation): void {
    const { kind } = RULES[violation.rule];
    this.counts[kind] += 1;
    if (kind === 'unexplained') this.fen += Math.max(1, Math.abs(violation.fen));
    if (this.listed.length < LISTED) this.listed.push({ kind, ...violation });
  }

  count(kind: Kind): number {
    return this.counts[kind];
  }

  /** Sum of what each broken rule of money leaves unexplained, fen; one that moves no money counts as one. */
  get unexplainedFen(): number {
    return this.fen;
  }
}
