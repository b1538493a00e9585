import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares secrets without telling by its duration where they differ. Lengths may differ too. */
export const constantTimeEqual = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const digest = (text: string) => createHash('sha256').update(text).digest();
