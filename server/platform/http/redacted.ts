/**
 * What others say about a request may quote it. Openids, numbers and tokens go; field paths and words stay.
 *
 * @returns at most 200 characters
 */
export const redacted = (sentence: string): string =>
  sentence.replace(/[\w\-+/=*|]{8,}/g, (word) => (isValue(word) ? '…' : word)).slice(0, 200);

const isValue = (word: string) => /\d/.test(word) || (word.length >= 20 && !word.includes('/'));
