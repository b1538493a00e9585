import { MongoClient } from 'mongodb';
import type { Books } from './documents';
import { Findings, type Problem } from './findings';
import { proveBooks } from './prove-books';
import { type MoneyProof, proveMoney } from './prove-money';
import { proveSeats, type SeatProof } from './prove-seats';

export interface Proof {
  seats: SeatProof;
  money: MoneyProof;
  /** The first hundred. */
  problems: Problem[];
}

/**
 * The independent proof of seats and money. It imports nothing of the service: it reads the database and, where there
 * is one, the sandbox's books, and writes nothing.
 *
 * @param settled nothing may be in transit any more
 */
export async function prove(options: {
  mongodbUri: string;
  sandboxControlUrl?: string;
  settled?: boolean;
}): Promise<Proof> {
  const client = new MongoClient(options.mongodbUri);
  try {
    const db = client.db();
    const findings = new Findings();
    const seats = await proveSeats(db, await nowOf(options.sandboxControlUrl), findings);
    const money = await proveMoney(db, findings);
    const outside = options.sandboxControlUrl
      ? await proveBooks(
          db,
          await ask<Books>(options.sandboxControlUrl, '/books/export'),
          findings,
          options.settled ?? false,
        )
      : { fees: 0, inTransit: 0 };
    return {
      seats,
      money: { ...money, ...outside, unexplained: findings.unexplainedFen },
      problems: findings.listed,
    };
  } finally {
    await client.close();
  }
}

/** True when nothing at all is wrong. */
export const isClean = ({ seats, money }: Proof): boolean =>
  seats.oversold === 0 && seats.leaked === 0 && seats.duplicates === 0 && money.unexplained === 0;

async function nowOf(sandboxControlUrl: string | undefined): Promise<Date> {
  if (!sandboxControlUrl) return new Date();
  return new Date((await ask<{ now: string }>(sandboxControlUrl, '/clock')).now);
}

async function ask<T>(origin: string, path: string): Promise<T> {
  const response = await fetch(new URL(path, origin));
  if (!response.ok) throw new Error(`${path} of the sandbox answered ${response.status}`);
  return (await response.json()) as T;
}
