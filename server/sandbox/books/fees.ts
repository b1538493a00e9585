/**
 * WeChat Pay's fee on one amount, fen, rounded half up to the cent.
 *
 * @param basisPoints the contract's rate in hundredths of a percent: 60 is 0.60%
 */
export function feeFen(amountFen: number, basisPoints: number): number {
  return Math.floor((amountFen * basisPoints + 5_000) / 10_000);
}
