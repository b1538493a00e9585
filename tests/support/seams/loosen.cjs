/*
 * Preloaded into the API processes of race tests. As long as there is no file of rules it does nothing; a control writes
 * one, and our own code runs with exactly that guard off. What a rule is: tests/support/loosened.ts.
 */
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');
const { Collection } = require('mongodb');

const GIVE_UP_MS = 5_000;
const LOOK_EVERY_MS = 10;

function rules() {
  try {
    return JSON.parse(readFileSync(process.env.LOOSENED, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

const named = (names, name) => (Array.isArray(names) ? names.includes(name) : names === name);

const fieldsOf = (filter) => Object.keys(filter).sort().join();

function isMeant(rule, { of, operation, filter, update }) {
  if (rule.of !== of) return false;
  if (rule.verb === undefined)
    return rule.operation === operation && (!rule.by || fieldsOf(filter) === [...rule.by].sort().join());
  const line = operation === 'insertOne' ? filter.trail?.[0] : update?.$push?.trail;
  return named(rule.verb, line?.verb) && (!rule.nonce || rule.nonce === line.facts.nonce);
}

const loosened = (filter, { without = [], never = false }) => {
  if (never) return { _id: null };
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !without.includes(name)));
};

const meetings = new Map();

/** Until as many wait as are to meet; whoever comes alone goes on after a while. */
function meet(rule) {
  const key = JSON.stringify(rule);
  const here = meetings.get(key) ?? [];
  meetings.set(key, here);
  return new Promise((go) => {
    const late = setTimeout(() => {
      here.splice(here.indexOf(come), 1);
      go();
    }, GIVE_UP_MS);
    const come = () => {
      clearTimeout(late);
      go();
    };
    here.push(come);
    if (here.length < rule.meet) return;
    meetings.delete(key);
    for (const each of here) each();
  });
}

/** Until the test lets it go, or is over. */
async function waitHere() {
  const { LOOSENED } = process.env;
  writeFileSync(`${LOOSENED}.held`, '');
  while (existsSync(LOOSENED) && !existsSync(`${LOOSENED}.go`)) await sleep(LOOK_EVERY_MS);
}

for (const operation of ['findOneAndUpdate', 'findOne', 'insertOne']) {
  const original = Collection.prototype[operation];
  Collection.prototype[operation] = async function guarded(filter, ...rest) {
    const call = { of: this.collectionName, operation, filter, update: rest[0] };
    const rule = rules().find((one) => isMeant(one, call));
    if (!rule) return original.call(this, filter, ...rest);
    if (rule.held) await waitHere();
    if (rule.meet) await meet(rule);
    return original.call(this, operation === 'insertOne' ? filter : loosened(filter, rule), ...rest);
  };
}
