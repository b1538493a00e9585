/** Tencent Cloud's way to refuse: HTTP 200 with Response.Error. */
export class TencentError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
