import { callback } from './callback';
import type { Case } from './case';
import { holdHot, holdSpread, soldOut } from './hold';
import { redeem } from './redeem';

/** The last one moves the demo clock to the day. */
export const CASES: readonly Case[] = [holdSpread, holdHot, soldOut, callback, redeem];
