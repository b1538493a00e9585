import { maskName } from '../../../shared/domain/person-name';
import type { UserActor } from '../../http/actor';

/** A student's name as somebody at the console may read it: finance is here for the money and knows students by number. */
export const nameFor = ({ role }: Pick<UserActor, 'role'>, name: string): string =>
  role === 'finance' ? maskName(name) : name;
