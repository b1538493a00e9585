import type Router from '@koa/router';
import { z } from 'zod';
import { bodyOf, queryOf, refuse } from '../control/requests';
import { backOf, frontOf } from './card-strip';
import { drawCard, pictureFaults } from './id-card';
import type { People } from './people';

const making = z.strictObject({
  count: z.number().int().positive().max(200_000),
  seed: z.number().int().nonnegative(),
  startIndex: z.number().int().nonnegative().default(0),
});
const page = z.object({
  limit: z.coerce.number().int().positive().max(100_000).default(50),
  offset: z.coerce.number().int().nonnegative().default(0),
});
const change = z.strictObject({
  name: z.string().min(1).optional(),
  sex: z.enum(['男', '女']).optional(),
  nation: z.string().optional(),
  birth: z.iso.date().optional(),
  address: z.string().optional(),
  idNumber: z.string().optional(),
  idAuthority: z.string().optional(),
  idValidity: z.string().optional(),
  phone: z.string().optional(),
  bankCard: z.string().optional(),
  bankName: z.string().optional(),
  openid: z.string().optional(),
  cardResult: z.string().optional(),
});
const picture = z.object({ fault: z.enum(pictureFaults).optional() });

/** Specimen people and their ID cards. */
export function peopleRoutes(router: Router, people: People): void {
  const personOf = (id: string | undefined) => people.get(id ?? '') ?? refuse(404, `no person ${id}`);

  router.post('/people', (context) => {
    context.body = people.make(bodyOf(context, making));
  });
  router.get('/people', (context) => {
    const { limit, offset } = queryOf(context, page);
    context.body = people.list(limit, offset);
  });
  router.get('/people/:id', (context) => {
    context.body = personOf(context.params.id);
  });
  router.put('/people/:id', (context) => {
    const { id } = personOf(context.params.id);
    context.body = people.change(id, bodyOf(context, change));
  });
  router.get('/people/:id/id-card/:side', (context) => {
    const person = personOf(context.params.id);
    const { fault } = queryOf(context, picture);
    const asked = context.params.side;
    if (asked !== 'front.jpg' && asked !== 'back.jpg') refuse(404, 'a card has front.jpg and back.jpg');
    const front = (asked === 'front.jpg') !== (fault === 'wrong-side');
    context.type = 'image/jpeg';
    context.body = drawCard(
      front ? frontOf(person) : backOf(person),
      fault === 'wrong-side' ? undefined : fault,
    );
  });
}
