/** WeChat's way to refuse: HTTP 200 with errcode and errmsg. */
export class WechatError extends Error {
  constructor(
    readonly errcode: number,
    readonly errmsg: string,
  ) {
    super(errmsg);
  }
}
