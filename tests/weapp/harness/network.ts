/** One request as wx.request or wx.uploadFile makes it. */
export interface Sent {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** JSON text, or '' */
  body: string;
  /** The path that chooseMedia gave, for an upload. */
  file?: string;
}

export interface Received {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

/** Where the phone's requests go. @throws Error when no answer comes */
export type Network = (sent: Sent) => Received | Promise<Received>;
