import { isDocument, type Value } from '../bson/values';
import { MongoError } from '../errors';
import type { CompileStage, PipelineContext, Stage } from './stage';
import { combine } from './stages/combine';
import { group } from './stages/group';
import { select } from './stages/select';
import { shape } from './stages/shape';

/** The closed list of stages; `$out`, `$merge` and the stages that begin a pipeline belong to the command. */
const STAGES: ReadonlyMap<string, CompileStage> = new Map(
  Object.entries({ ...combine, ...group, ...select, ...shape }),
);

/** @throws MongoError 40324 for a stage outside the list */
export function compilePipeline(stages: readonly Value[], context: PipelineContext): Stage {
  const compiled = stages.map((stage) => {
    const [name, specification] = stageOf(stage);
    const compile = STAGES.get(name);
    if (!compile) throw unknownStage(name);
    return compile(specification, context, compilePipeline);
  });
  return (input) => compiled.reduce((documents, stage) => stage(documents), input);
}

export function stageOf(stage: Value): [string, Value] {
  if (!isDocument(stage)) throw new MongoError(14, "Each element of the 'pipeline' array must be an object");
  if (stage.size !== 1)
    throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
  const [[name, specification] = ['', null]] = stage;
  return [name, specification];
}

export function unknownStage(name: string): MongoError {
  return new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
}
