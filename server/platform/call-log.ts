/** What the clients here need of a logger. They log facts about a call, never its contents. */
export interface CallLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}
