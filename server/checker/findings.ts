/** What a proof found wrong, told so that an engineer can look it up. */
export interface Problem {
  kind: 'oversold' | 'leaked' | 'duplicate' | 'unexplained';
  subject: string;
  sentence: string;
  /** For money: how much of it is not explained. */
  fen: number;
}

const LISTED = 100;

/** Counts everything, lists the first hundred. */
export class Findings {
  readonly listed: Problem[] = [];
  private readonly counts = { oversold: 0, leaked: 0, duplicate: 0, unexplained: 0 };
  private fen = 0;

  add(kind: Problem['kind'], subject: string, sentence: string, fen = 0): void {
    this.counts[kind] += 1;
    this.fen += Math.abs(fen);
    if (this.listed.length < LISTED) this.listed.push({ kind, subject, sentence, fen });
  }

  count(kind: Problem['kind']): number {
    return this.counts[kind];
  }

  /** Fen that are unexplained; a broken rule that moves no fen counts as one. */
  get unexplainedFen(): number {
    return Math.max(this.fen, this.counts.unexplained);
  }
}
