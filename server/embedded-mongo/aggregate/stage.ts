import type { Document, Value } from '../bson/values';
import type { Filter } from '../query/filter';
import type { Collection } from '../storage/catalogue';
import type { Compiler, Scope } from './scope';

export type Documents = Iterable<Document>;

/** A stage at work. */
export type Stage = (input: Documents) => Documents;

/** What a pipeline needs from outside: other collections, variables, the time. */
export interface PipelineContext {
  readonly database: string;
  readonly compiler: Compiler;
  readonly variables: Scope['variables'];
  /** Undefined: there is no such collection, which is the same as an empty one. */
  collection(database: string, name: string): Collection | undefined;
  search(collection: Collection, filter: Filter, context: PipelineContext): Documents;
  with(variables: ReadonlyMap<string, Value | undefined>, database?: string): PipelineContext;
}

export type CompilePipeline = (stages: readonly Value[], context: PipelineContext) => Stage;

/** Checks a stage's specification; sub-pipelines are compiled by the compiler handed in. */
export type CompileStage = (
  specification: Value,
  context: PipelineContext,
  pipeline: CompilePipeline,
) => Stage;
