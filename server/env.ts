import { z } from 'zod';
import { templatesSetting } from './modules/notifications/templates';

const key32 = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, '要 32 字节，用 base64 写');

/** "id:base64,id:base64": the first is used for new values, all for old ones. */
const namedKeys = z.string().transform((text, context) =>
  text.split(',').map((item) => {
    const at = item.indexOf(':');
    const [id, key] = [item.slice(0, at), item.slice(at + 1)];
    if (!/^[a-z0-9-]{1,32}$/.test(id) || !key32.safeParse(key).success) {
      context.addIssue({
        code: 'custom',
        message: '写成 "名称:密钥,名称:密钥"：名称只用 a–z、0–9 和 "-"，密钥是 32 字节，用 base64 写',
      });
    }
    return { id, key };
  }),
);

const origin = z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin);
const port = z.coerce.number().int().min(0).max(65_535);

/** Every setting there is. The descriptions are what `.env.example` says. */
const settings = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  PORT: port.default(8080).describe('0 takes a free one'),
  PUBLIC_URL: origin.describe(
    'where WeChat reaches this service: the notify_url begins with it; https in production',
  ),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, '要以 mongodb:// 开头')
    .describe('a replica set in production'),
  CHECK_ANSWERS: z
    .enum(['on', 'off'])
    .optional()
    .describe('hold every answer against its contract; unset: everywhere but in production'),
  WORKER: z
    .enum(['on', 'off'])
    .default('on')
    .describe('off: this instance answers requests only and runs no sweeps or jobs'),

  BILLS_EVERY_S: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_600)
    .default(60)
    .describe('how often this instance looks whether the bills of a day are to be fetched; seconds'),

  CRASH_POINTS: z
    .enum(['on', 'off'])
    .default('off')
    .describe('tests only: /crash-point ends this process at a chosen write or call'),

  DATA_KEYS: namedKeys.describe('seal document numbers, photos and merchant secrets'),
  INDEX_KEYS: namedKeys.describe('blind indexes of document numbers; not one of the data keys'),
  TOKEN_KEYS: namedKeys.describe('Ed25519 seeds that sign booking codes'),

  WECHAT_BASE_URL: origin.default('https://api.weixin.qq.com'),
  WECHAT_APPID: z.string().regex(/^wx[0-9a-zA-Z]{1,30}$/, '要以 wx 开头'),
  WECHAT_SECRET: z.string().min(8),
  WECHAT_PAY_BASE_URL: origin.default('https://api.mch.weixin.qq.com'),
  REFUNDS_PER_SECOND: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(80)
    .describe('of this instance and each merchant; WeChat takes 150 from all instances together'),
  TENCENT_SECRET_ID: z.string().min(8),
  TENCENT_SECRET_KEY: z.string().min(8),
  TENCENT_REGION: z.string().default('ap-guangzhou'),
  TENCENT_BASE_URL: origin
    .optional()
    .describe('one origin for OCR and identity checks; unset: the real ones'),

  MESSAGE_TEMPLATES: templatesSetting.describe(
    'subscription messages: JSON by kind, {"booked": {"id": "…", "fields": {"thing1": "campaign", "date2": "time"}}}',
  ),
  MESSAGES_PER_SECOND: z.coerce.number().int().min(1).max(1000).default(50).describe('over all instances'),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('bearer token for /metrics; unset: none in production, open elsewhere'),

  CONSOLE_IDLE_MINUTES: z.coerce
    .number()
    .int()
    .min(5)
    .max(720)
    .default(60)
    .describe('a console that nobody touches for so long asks for the password again'),

  SANDBOX_CONTROL_URL: origin.optional().describe('development only: follow the demo clock of this sandbox'),
  STATIC_H5: z.string().optional().describe('folder of the h5 build to serve at /'),
  STATIC_CONSOLE: z.string().optional().describe('folder of the console build to serve at /console'),
});

export type Env = z.output<typeof settings>;

/** All that is wrong with the settings, in one message; never their values: some are secrets. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly string[]) {
    super(`服务没有启动，请先改好这些设置：\n${problems.map((line) => `  - ${line}`).join('\n')}`);
  }
}

/** @throws SettingsError */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given, { error: inChinese });
  const problems = parsed.success
    ? productionProblems(parsed.data)
    : parsed.error.issues.map(sentence(given));
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  return parsed.data;
}

const inChinese = z.locales.zhCN().localeError;
const SECRET = /KEY|SECRET|TOKEN|URI/;

const sentence =
  (given: Readonly<Record<string, string | undefined>>) =>
  ({ path, message }: z.core.$ZodIssue): string => {
    const name = String(path[0]);
    const value = given[name];
    if (value === undefined) return `${name} 没有设置`;
    return `${name}${SECRET.test(name) ? '' : ` 现在是 ${JSON.stringify(value)}`}：${message}`;
  };

/** In production nothing may be a stand-in. */
function productionProblems(env: Env): string[] {
  if (env.NODE_ENV !== 'production') return [];
  const problems: string[] = [];
  if (env.SANDBOX_CONTROL_URL) problems.push('生产环境不能设置 SANDBOX_CONTROL_URL');
  if (env.CRASH_POINTS === 'on') problems.push('生产环境 CRASH_POINTS 不能是 on');
  if (env.TENCENT_BASE_URL) problems.push('生产环境不能设置 TENCENT_BASE_URL');
  if (!env.PUBLIC_URL.startsWith('https://')) problems.push('生产环境 PUBLIC_URL 要用 https');
  if (!/replicaSet=|^mongodb\+srv:/.test(env.MONGODB_URI)) {
    problems.push('生产环境 MONGODB_URI 要写明副本集（replicaSet=…）：内嵌数据库只用于开发');
  }
  for (const name of ['WECHAT_BASE_URL', 'WECHAT_PAY_BASE_URL'] as const) {
    if (!env[name].startsWith('https://')) problems.push(`生产环境 ${name} 要用 https`);
  }
  return problems;
}
