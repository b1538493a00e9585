import { z } from 'zod';
import { contract } from '../../shared/contract';
import type { Endpoint } from '../../shared/contract/endpoint';
import { ERRORS, type ErrorCode } from '../../shared/contract/errors';

const CODE_ERRORS: readonly ErrorCode[] = [
  'AUTHENTICATOR_MISSING',
  'CODE_NEEDED',
  'CODE_WRONG',
  'CODE_USED',
  'CODE_LOCKED',
];
const GENERAL: readonly ErrorCode[] = ['BAD_REQUEST', 'TOO_MANY_REQUESTS', 'INTERNAL'];

/** The OpenAPI 3.1 document of the whole contract. */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [key, endpoint] of Object.entries<Endpoint>(contract)) {
    const [method = '', path = ''] = key.split(' ');
    const template = path.replace(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '图采预约',
      version: '1',
      description:
        'Graduate-portrait booking. Money is integer fen; instants are ISO 8601; days are Asia/Shanghai.',
    },
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        console: { type: 'apiKey', in: 'cookie', name: 'console' },
      },
    },
  };
}

function operation(endpoint: Endpoint): object {
  return {
    summary: endpoint.summary,
    description: `Roles: ${endpoint.who.join(', ')}. Rate limit: ${endpoint.limit}.`,
    ...(endpoint.who.includes('anyone') ? {} : { security: [{ token: [] }, { console: [] }] }),
    parameters: [
      ...parameters('path', endpoint.params),
      ...parameters('query', endpoint.query),
      ...codeHeader(endpoint),
    ],
    ...requestBody(endpoint),
    responses: { ...success(endpoint), ...failures(endpoint) },
  };
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

function parameters(place: 'path' | 'query', schema: z.ZodType | undefined): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input');
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

const CODE_ASKED = {
  always: 'a code of the caller’s authenticator',
  'to-approve': 'a code of the caller’s authenticator, when the decision is to approve',
  'once-enrolled': 'a code of the authenticator that the caller has, if any',
};

const codeHeader = ({ secondFactor }: Endpoint): object[] =>
  secondFactor
    ? [
        {
          name: 'x-code',
          in: 'header',
          required: secondFactor === 'always',
          description: CODE_ASKED[secondFactor],
          schema: { type: 'string', pattern: '^\\d{6}$' },
        },
      ]
    : [];

function requestBody(endpoint: Endpoint): object {
  if (endpoint.upload) {
    const schema = {
      type: 'object',
      properties: { file: { type: 'string', format: 'binary' } },
      required: ['file'],
    };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
  }
  if (!endpoint.body) return {};
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: jsonSchema(endpoint.body, 'input') } },
    },
  };
}

function success(endpoint: Endpoint): object {
  if (endpoint.download) {
    const schema = { type: 'string', format: 'binary' };
    return { 200: { description: 'The file', content: { [endpoint.download]: { schema } } } };
  }
  if (!endpoint.response) return { 204: { description: 'Done' } };
  return {
    200: {
      description: 'Done',
      content: { 'application/json': { schema: jsonSchema(endpoint.response, 'output') } },
    },
  };
}

/** Registered errors, grouped by status. */
function failures(endpoint: Endpoint): Record<string, { description: string }> {
  const signedIn: ErrorCode[] = endpoint.who.includes('anyone') ? [] : ['NOT_SIGNED_IN', 'NOT_ALLOWED'];
  if (endpoint.secondFactor) signedIn.push(...CODE_ERRORS);
  const byStatus: Record<string, { description: string }> = {};
  for (const code of [...signedIn, ...(endpoint.errors ?? []), ...GENERAL]) {
    const { status, message } = ERRORS[code];
    const line = `${code}: ${message}`;
    const known = byStatus[status];
    byStatus[status] = { description: known ? `${known.description}\n\n${line}` : line };
  }
  return byStatus;
}
