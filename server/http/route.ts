import type { Readable } from 'node:stream';
import type { Context } from 'koa';
import type { Contract, ContractKey } from '../../shared/contract';
import type { Received, Response } from '../../shared/contract/endpoint';
import type { StaffActor, StudentActor, UserActor } from './actor';

type Who<K extends ContractKey> = Contract[K]['who'][number];

/** The actor a handler receives, from the roles in its contract. */
export type ActorOf<K extends ContractKey> =
  | ('student' extends Who<K> ? StudentActor : never)
  | ('staff' extends Who<K> ? StaffActor : never)
  | (Extract<Who<K>, UserActor['role']> extends never ? never : UserActor)
  | ('anyone' extends Who<K> ? null : never);

export interface UploadedFile {
  bytes: Buffer;
  contentType: string;
  /** As the sender calls it; may be empty */
  name: string;
}

export interface Call<K extends ContractKey> extends Received<Contract[K]> {
  actor: ActorOf<K>;
  /** Present exactly when the endpoint takes an upload. */
  file: Contract[K] extends { upload: object } ? UploadedFile : undefined;
  /** For the few that set a cookie or a header. */
  ctx: Context;
}

/** A file as an answer. A stream that fails cuts the connection, so that nobody takes a part for the whole. */
export interface Download {
  /** What it is saved as, with its ending */
  name: string;
  body: Buffer | Readable;
}

type Answer<K extends ContractKey> = Contract[K] extends { download: string }
  ? Download
  : Contract[K] extends { response: unknown }
    ? Response<Contract[K]>
    : undefined;

export type Handler<K extends ContractKey> = (call: Call<K>) => Promise<Answer<K>>;

/** A module's routes: one handler an endpoint of the contract. */
export type Routes = { [K in ContractKey]?: Handler<K> };

/** Keeps the keys literal, so that the app can see at compile time that no endpoint is left out. */
export const routes = <const R extends Routes>(handlers: R): R => handlers;
