import { z } from 'zod';
import { contract } from '../../shared/contract';
import type { Endpoint } from '../../shared/contract/endpoint';
import { ERRORS } from '../../shared/contract/errors';

/** The API for people: one page from the contract, without scripts. Machines read /openapi.json. */
export function docsPage(): string {
  const endpoints = Object.entries<Endpoint>(contract)
    .map(([key, endpoint]) => section(key, endpoint))
    .join('\n');
  const errors = Object.entries(ERRORS)
    .map(([code, { status, message }]) => `<tr><td><code>${code}</code><td>${status}<td>${plain(message)}`)
    .join('\n');
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>图采预约 · 接口</title><style>${STYLE}</style>
<h1>图采预约 · 接口</h1>
<p>金额一律为整数分；时刻为 ISO 8601；日期为北京时间。机器可读的版本：<a href="/openapi.json">/openapi.json</a></p>
${endpoints}
<h2 id="errors">错误码</h2><table>${errors}</table>`;
}

function section(key: string, endpoint: Endpoint): string {
  const [method, path] = key.split(' ');
  const parts = [
    ['路径参数', endpoint.params, 'input'],
    ['查询参数', endpoint.query, 'input'],
    ['请求', endpoint.body, 'input'],
    ['回答', endpoint.response, 'output'],
  ] as const;
  const schemas = parts.map(([title, schema, io]) =>
    schema ? `<h4>${title}</h4><pre>${plain(shape(schema, io))}</pre>` : '',
  );
  const errors = (endpoint.errors ?? [])
    .map((code) => `<a href="#errors"><code>${code}</code></a>`)
    .join(' ');
  return `<details><summary><b>${method}</b> <code>${path}</code> <span>${plain(endpoint.summary)}</span></summary>
<p>角色：${endpoint.who.join('、')}　限速：${endpoint.limit}${errors ? `　错误：${errors}` : ''}</p>${schemas.join('')}</details>`;
}

function shape(schema: z.ZodType, io: 'input' | 'output'): string {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return JSON.stringify(rest, null, 2);
}

const plain = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const STYLE = `:root{color-scheme:light dark}body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:15px/1.6 system-ui,sans-serif}
summary{padding:.4rem 0;cursor:pointer}summary b{display:inline-block;width:4.2rem}summary span{opacity:.7;margin-left:.6rem}
details{border-bottom:1px solid #8884}pre{overflow:auto;background:#8881;padding:.8rem;border-radius:6px}td{padding:.2rem .8rem .2rem 0;vertical-align:top}`;
