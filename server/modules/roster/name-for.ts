import { maskName } from '../../../shared/domain/person-name';
import type { ConsoleRole, UserActor } from '../../http/actor';

/** Finance follows the money and auditors what was done: both know students by number, and act for none of them. */
const KNOW_BY_NUMBER: readonly ConsoleRole[] = ['finance', 'auditor'];

/** A student's name as somebody at the console may read it. */
export const nameFor = ({ role }: Pick<UserActor, 'role'>, name: string): string =>
  KNOW_BY_NUMBER.includes(role) ? maskName(name) : name;
