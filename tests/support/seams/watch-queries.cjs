/*
 * Preloaded into an API process: writes down each kind of query that it sends to the database, once, with an example and
 * with whom it was for; and each kind of request, with its answer. tests/support/queries.ts reads it.
 */
const { AsyncLocalStorage } = require('node:async_hooks');
const { subscribe } = require('node:diagnostics_channel');
const { appendFileSync } = require('node:fs');
const { EJSON } = require('bson');
const { MongoClient } = require('mongodb');

const requests = new AsyncLocalStorage();
const seen = new Set();

/** Written at once, so that a process that is killed has told all it did. */
function note(key, entry) {
  if (seen.has(key)) return;
  seen.add(key);
  appendFileSync(process.env.QUERY_LOG, `${EJSON.stringify(entry, { relaxed: false })}\n`);
}

const nameOf = ({ method, url }) => `${method} ${url.split('?')[0]}`;

subscribe('http.server.request.start', ({ request }) => requests.enterWith(nameOf(request)));

const sortOf = ({ sort }) => (sort ? { sort: sort instanceof Map ? Object.fromEntries(sort) : sort } : {});

/** What a search looks for, as a command that can be explained. */
function* searchesOf(command, name) {
  const collection = command[name];
  switch (name) {
    case 'find':
      yield { find: collection, filter: command.filter ?? {}, ...sortOf(command) };
      return;
    case 'count':
      yield { count: collection, query: command.query ?? {} };
      return;
    case 'distinct':
      yield { distinct: collection, key: command.key, query: command.query ?? {} };
      return;
    case 'aggregate':
      yield { aggregate: collection, pipeline: command.pipeline, cursor: {} };
      return;
    case 'findAndModify':
      yield {
        findAndModify: collection,
        query: command.query ?? {},
        ...sortOf(command),
        update: { $set: { explained: 1 } },
      };
      return;
    case 'update':
      for (const { q } of command.updates)
        yield { update: collection, updates: [{ q, u: { $set: { explained: 1 } } }] };
      return;
    case 'delete':
      for (const { q } of command.deletes) yield { delete: collection, deletes: [{ q, limit: 0 }] };
  }
}

/** The same for all values that an index treats alike; what a partial index may be about stays. */
function shapeOf(value) {
  if (Array.isArray(value)) {
    const shapes = value.map(shapeOf);
    return [...new Set(shapes.map((shape) => JSON.stringify(shape)))].sort();
  }
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'string') return /^[a-z_]{1,20}$/.test(value) ? value : '?';
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return '?';
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]));
}

function noteCommand({ commandName, command }) {
  for (const search of searchesOf(command, commandName)) {
    const shape = JSON.stringify(shapeOf(search));
    note(shape, { kind: 'query', by: requests.getStore() ?? 'a job', shape, search });
  }
}

const { connect } = MongoClient.prototype;
MongoClient.prototype.connect = function watched(...given) {
  this.monitorCommands = true;
  this.on('commandStarted', noteCommand);
  return connect.apply(this, given);
};
