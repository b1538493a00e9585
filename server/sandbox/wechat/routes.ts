import type Router from '@koa/router';
import { z } from 'zod';
import { bodyOf, queryOf, refuse } from '../control/requests';
import type { People } from '../people/people';
import type { Login } from './login';
import type { Messages } from './messages';

const person = z.strictObject({ openid: z.string().regex(/^[\w-]{1,128}$/) });
const subscription = z.strictObject({
  openid: z.string().min(1),
  templateId: z.string().min(1),
  decision: z.enum(['accept', 'reject', 'ban', 'filter']),
});
const template = z.strictObject({ templateId: z.string().min(1), fields: z.array(z.string()) });
const reader = z.object({ openid: z.string().optional() });
const visitor = z.object({ person: z.string().optional() });

/** What happens on the phone inside WeChat: codes, consents, messages. */
export function wechatRoutes(
  router: Router,
  parts: { login: Login; messages: Messages; people: People },
): void {
  const { login, messages, people } = parts;
  // One question without a body, so that a page of another origin needs no preflight.
  router.post('/wechat/visits', (context) => {
    const { person: id } = queryOf(context, visitor);
    const found = id === undefined ? people.list(1, 0).people[0] : people.get(id);
    if (!found) refuse(404, id === undefined ? 'there are no people yet' : `no person ${id}`);
    context.body = { person: found.id, code: login.code(found.openid) };
  });
  router.post('/wechat/codes', (context) => {
    context.body = { code: login.code(bodyOf(context, person).openid) };
  });
  router.post('/wechat/phone-codes', (context) => {
    context.body = { code: login.phoneCode(bodyOf(context, person).openid) };
  });
  router.post('/subscriptions', (context) => {
    const { openid, templateId, decision } = bodyOf(context, subscription);
    context.body = messages.decide(openid, templateId, decision);
  });
  router.put('/templates', (context) => {
    const { templateId, fields } = bodyOf(context, template);
    messages.declare(templateId, fields);
    context.status = 204;
  });
  router.get('/inbox', (context) => {
    context.body = messages.inbox(queryOf(context, reader).openid);
  });
}
