import type { Role } from '../../shared/contract/endpoint';

/** A student's WeChat account. Which student it is, the roster binding says. */
export interface StudentActor {
  kind: 'student';
  role: 'student';
  accountId: string;
  openid: string;
}

/** An enrolled staff phone: bound to one campaign and to rooms (none = all). */
export interface StaffActor {
  kind: 'device';
  role: 'staff';
  deviceId: string;
  label: string;
  schoolId: string;
  campaignId: string;
  rooms: readonly string[];
}

export type ConsoleRole = Exclude<Role, 'student' | 'staff'>;

/** A person at the console, within one school. */
export interface UserActor {
  kind: 'user';
  role: ConsoleRole;
  userId: string;
  login: string;
  name: string;
  schoolId: string;
  /** Only for college secretaries: the colleges they see. */
  colleges: readonly string[];
  /** Signed in with a password that the office gave: may only change it. */
  mustChangePassword: boolean;
  /** When this sign-in began; absent where no request carries the actor. */
  signedInAt?: Date;
}

export type Actor = StudentActor | StaffActor | UserActor;

/** How an actor is named in trails and in the audit log. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'student':
      return `student:${actor.accountId}`;
    case 'device':
      return `device:${actor.deviceId}`;
    case 'user':
      return `user:${actor.userId}`;
  }
}

/** What the service does by itself. */
export const SYSTEM = 'system';
