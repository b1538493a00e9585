import { hash, parseOptions, verify } from '@node-rs/argon2';

/**
 * argon2id (the library's default variant): 19 MiB, 2 passes, 1 lane — the OWASP password storage minimum for
 * argon2id, which keeps a login near 20 ms and twenty at once near 400 MB.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Console passwords. A stored hash names its own cost, so that old ones still verify after COST is raised. */
export const hashPassword = (password: string): Promise<string> => hash(normalise(password), COST);

/** @throws when `stored` is not an argon2 hash: a broken record, not a wrong password */
export const verifyPassword = (stored: string, password: string): Promise<boolean> =>
  verify(stored, normalise(password));

/** True when the hash was made with less than today's cost: hash again after the next successful login. */
export function isPasswordHashOutdated(stored: string): boolean {
  const { memoryCost, timeCost } = parseOptions(stored);
  return memoryCost < COST.memoryCost || timeCost < COST.timeCost;
}

/** The same key presses give different code points on different systems. */
const normalise = (password: string) => password.normalize('NFKC');
