// The world of a script: vars, http, log and what authors expect of a JavaScript host. Evaluates to a function that
// gives control(operation, ...arguments), by which the worker drives the run. The limits of the process hold whatever
// a script does to the objects here: everything that leaves goes through the host's own checks.
// The worker joins all lines into one, so that a line number above 1 is the script's: comments have lines of their own.
(function (urls, longest) {
  'use strict';
  const { parse, stringify } = JSON;
  const { freeze, defineProperty, keys, fromEntries, entries } = Object;
  const now = Date.now;
  const world = globalThis;
  const define = (name, value) => defineProperty(world, name, { value, writable: true, configurable: true });

  let limits = { log_lines: 0 };
  // a limit that was broken, whatever the script caught
  let failure = null;
  let outcome = null;
  const lines = [];
  let calls = [];
  const waiting = new Map();
  let timers = [];
  let serial = 0;

  // log and console

  const show = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return String(value);
    try { return stringify(value) ?? String(value); } catch { return String(value); }
  };
  const log = (...values) => {
    if (lines.length >= limits.log_lines) {
      failure ??= { kind: 'output', message: `log() was called more than ${limits.log_lines} times: log less` };
      throw new Error(failure.message);
    }
    const line = values.map(show).join(' ');
    lines.push(line.length > longest ? line.slice(0, longest - 1) + '…' : line);
  };
  define('log', log);
  define('console', { log, info: log, warn: log, error: log, debug: log });

  // calls that the host carries out

  class CallError extends Error {}
  const fails = (name) => class extends CallError { get name() { return name; } };
  const errors = { http: fails('HttpError'), email: fails('EmailError') };
  const ask = (kind, message) => new Promise((resolve, reject) => {
    const id = ++serial;
    waiting.set(id, { kind, resolve, reject });
    calls.push({ id, kind, message: stringify(message) });
  });
  const request = (method) => (url, options = {}) => {
    const { headers, json, body, timeout } = options ?? {};
    return ask('http', { method, url: String(url), headers, json, body, timeout });
  };
  define('http', fromEntries(['get', 'post', 'put', 'patch', 'delete'].map((name) => [name, request(name.toUpperCase())])));
  define('email', { send: ({ to, subject, text, html } = {}) => ask('email', { to, subject, text, html }) });
  const answer = (id, text) => {
    const { error, response } = parse(text);
    const { kind, resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error !== null) reject(new errors[kind](error)); else resolve(response ?? undefined);
  };

  // timers

  const start = (again) => (callback, delay = 0, ...values) => {
    if (typeof callback !== 'function') throw new TypeError('a timer needs a function');
    const wait = Math.max(Number(delay) || 0, 0);
    timers.push({ id: ++serial, due: now() + wait, wait: again ? Math.max(wait, 1) : null, callback, values });
    return serial;
  };
  const clear = (id) => { timers = timers.filter((timer) => timer.id !== id); };
  define('setTimeout', start(false));
  define('setInterval', start(true));
  define('clearTimeout', clear);
  define('clearInterval', clear);
  const next = () => timers.reduce((first, timer) => (first === null || timer.due < first.due ? timer : first), null);
  const fire = () => {
    const timer = next();
    if (timer.wait === null) clear(timer.id); else timer.due = now() + timer.wait;
    try { timer.callback(...timer.values); } catch (error) { outcome ??= { error }; }
  };

  // what other hosts have

  const clone = (value, seen) => {
    if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError('a function cannot be cloned');
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const keep = (copy) => { seen.set(value, copy); return copy; };
    if (value instanceof Date) return keep(new Date(value.getTime()));
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
    if (value instanceof Error) return keep(Object.assign(new value.constructor(value.message), { stack: value.stack }));
    if (value instanceof ArrayBuffer) return keep(value.slice(0));
    if (ArrayBuffer.isView(value)) return keep(value instanceof DataView ? new DataView(value.buffer.slice(0)) : value.slice());
    if (value instanceof Map) {
      const copy = keep(new Map());
      value.forEach((member, key) => copy.set(clone(key, seen), clone(member, seen)));
      return copy;
    }
    if (value instanceof Set) {
      const copy = keep(new Set());
      value.forEach((member) => copy.add(clone(member, seen)));
      return copy;
    }
    const copy = keep(Array.isArray(value) ? new Array(value.length) : {});
    keys(value).forEach((key) => defineProperty(copy, key,
      { value: clone(value[key], seen), writable: true, enumerable: true, configurable: true }));
    return copy;
  };
  define('structuredClone', (value) => clone(value, new Map()));

  // most scripts never ask for one, and reading them takes longer than a script runs
  for (const name of ['URL', 'URLSearchParams']) {
    defineProperty(world, name, {
      configurable: true,
      get() { for (const [key, value] of entries((0, eval)(urls))) define(key, value); return world[name]; },
      set(value) { define(name, value); },
    });
  }

  // the run

  const line = (error) => {
    const places = [...String(error?.stack ?? '').matchAll(/<input>:(\d+)/g)].map(([, number]) => Number(number) - 1);
    return places.find((number) => number > 0) ?? null;
  };
  const describe = (error) => {
    if (error instanceof errors.http) return { kind: 'http', message: error.message, line: line(error) };
    if (error instanceof errors.email) return { kind: 'email', message: error.message, line: line(error) };
    if (!(error instanceof Error)) return { kind: 'raised', message: `the script threw ${show(error)}`, line: null };
    if (/^Maximum call stack/.test(error.message)) return { kind: 'stack', message: error.message, line: line(error) };
    if (error.message === 'out of memory') return { kind: 'memory', message: error.message, line: line(error) };
    return { kind: 'raised', message: `${error.name}: ${error.message}`, line: line(error) };
  };
  const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const end = () => {
    const reason = failure ?? (outcome && 'error' in outcome ? describe(outcome.error) : null);
    if (reason) return stringify({ error: reason, log: lines });
    const { vars, attributes } = world;
    if (!isObject(vars) || !isObject(attributes)) {
      return stringify({ error: { kind: 'output', message: 'vars and attributes have to stay objects' }, log: lines });
    }
    try {
      return stringify({ value: outcome.value ?? null, vars, attributes, log: lines });
    } catch (error) {
      const { message, kind } = describe(error);
      return stringify({ error: { kind: kind === 'raised' ? 'output' : kind, message: `the result is not JSON: ${message}` }, log: lines });
    }
  };

  const operations = {
    begin(text, body) {
      const run = parse(text);
      limits = run.limits;
      for (const name of ['vars', 'attributes', 'contact', 'message']) define(name, run[name]);
      define('run', freeze({ id: run.run_id }));
      body().then((value) => { outcome ??= { value }; }, (error) => { outcome ??= { error }; });
    },
    // one character tells what has to happen next: calls, done, timer, or nothing ever
    next() {
      if (calls.length > 0) {
        const text = 'c' + stringify(calls);
        calls = [];
        return text;
      }
      if (outcome !== null) return 'd' + end();
      const timer = next();
      return timer === null ? 'n' : 't' + (timer.due - now());
    },
    fire,
    answer,
    fail(text) { failure ??= parse(text); outcome ??= {}; return end(); },
  };
  return (operation, ...values) => operations[operation](...values);
})
