/** The `code` of a system error; by shape, because Node's own errors may come from another realm (as in jest). */
export function systemCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
