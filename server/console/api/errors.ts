import type { ErrorCode } from '../../../shared/contract/errors';

/** The service said no, in its own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    /** A Chinese sentence that says what to do next. */
    message: string,
    readonly details: Readonly<Record<string, unknown>>,
    readonly requestId: string,
  ) {
    super(message);
  }
}

/** No answer came: whether the request was carried out is unknown. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(cause: unknown) {
    // Not "reload": that would lose what is typed, and whatever is on screen is read again anyhow.
    super(
      '没有连上服务器，请检查网络。如果刚才在提交，可能已经生效：连上后先看页面上的结果，再决定是否重做。',
      {
        cause,
      },
    );
  }
}

export const hasCode = (error: unknown, code: ErrorCode): error is ApiError =>
  error instanceof ApiError && error.code === code;

/**
 * Which fields of a form the service refused (BAD_REQUEST names them), as antd's form wants them.
 *
 * @param prefix the part of the body that the form edits: "draft"
 */
export function refusedFields(
  error: unknown,
  prefix = '',
): { name: (string | number)[]; errors: string[] }[] {
  if (!hasCode(error, 'BAD_REQUEST') || !isRecord(error.details.fields)) return [];
  return Object.entries(error.details.fields).map(([field, problem]) => {
    const path = field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    const name = path[0] === prefix ? path.slice(1) : path;
    return { name, errors: [sentenceOf(String(problem))] };
  });
}

/** A rule of the business comes as a sentence of its own; what the contract refuses, as a code. */
const sentenceOf = (problem: string): string =>
  PROBLEMS[problem] ?? (/\p{Script=Han}/u.test(problem) ? problem : '这里的内容不对，请检查');

const PROBLEMS: Readonly<Record<string, string>> = {
  too_small: '内容太短、太小，或没有填写',
  too_big: '内容太长或太大',
  invalid_type: '没有填写，或类型不对',
  invalid_format: '格式不对',
  invalid_value: '请从给出的选项里选',
  not_multiple_of: '数字的精度不对',
  unrecognized_keys: '这一项系统不认识，请刷新页面后重试',
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
