// The world of a script: vars, log, http and email. Evaluates to a function that gives control(operation,
// ...arguments), by which the worker drives the run. The limits of the process hold whatever a script does to the
// objects here: everything that leaves goes through the host's own checks.
// It is read anew for every run, so what few scripts ask for is in `parts`, texts that are read when they are asked for.
// The worker joins all lines into one, so that a line number above 1 is the script's: comments have lines of their own.
(function (parts, longest) {
  'use strict';
  const { parse, stringify } = JSON;
  const { defineProperty, freeze, entries } = Object;
  const world = globalThis;
  const define = (name, value) => defineProperty(world, name, { value, writable: true, configurable: true });
  const load = (part) => (0, eval)(parts[part])(tools);
  const later = (part, names) => names.forEach((name) => defineProperty(world, name, {
    configurable: true,
    get() { entries(load(part)).forEach(([key, value]) => define(key, value)); return world[name]; },
    set(value) { define(name, value); },
  }));

  // `failure`: a limit that was broken, whatever the script caught. `outcome`: how the script ended
  let failure = null;
  let outcome = null;
  let limits;
  let calls = [];
  let serial = 0;
  const lines = [];
  const waiting = new Map();
  const tools = { timers: null, stop(error) { outcome ??= { error }; }, errors: {} };

  const show = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return String(value);
    try { return stringify(value) ?? String(value); } catch { return String(value); }
  };
  const log = (...values) => {
    if (lines.length >= limits.log_lines) {
      failure ??= { kind: 'log' };
      throw new Error(`log() was called more than ${limits.log_lines} times`);
    }
    const line = values.map(show).join(' ');
    lines.push(line.length > longest ? line.slice(0, longest - 1) + '…' : line);
  };
  tools.show = show;

  const ask = (kind, message) => new Promise((resolve, reject) => {
    calls.push({ id: ++serial, kind, message: stringify(message) });
    waiting.set(serial, { kind, resolve, reject });
  });
  const request = (method) => (url, options) => {
    const { headers, json, body, timeout } = options ?? {};
    return ask('http', { method, url: String(url), headers, json, body, timeout });
  };
  define('log', log);
  define('console', { log, info: log, warn: log, error: log, debug: log });
  define('http', { get: request('GET'), post: request('POST'), put: request('PUT'), patch: request('PATCH'), delete: request('DELETE') });
  define('email', { send: ({ to, subject, text, html } = {}) => ask('email', { to, subject, text, html }) });
  later('timers', ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval']);
  later('clone', ['structuredClone']);
  later('urls', ['URL', 'URLSearchParams']);

  const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const ended = (error) => stringify({ error, log: lines });
  const end = () => {
    if (failure) return ended(failure);
    if ('error' in outcome) return ended(load('errors')(outcome.error));
    const { vars, attributes } = world;
    if (!isObject(vars) || !isObject(attributes)) return ended({ kind: 'output', message: 'vars and attributes have to stay objects' });
    try {
      return stringify({ value: outcome.value ?? null, vars, attributes, log: lines });
    } catch (error) {
      const reason = load('errors')(error);
      return ended(reason.kind === 'raised' ? { kind: 'output', message: `the result is not JSON: ${reason.message}` } : reason);
    }
  };

  const operations = {
    begin(text, body) {
      const run = parse(text);
      limits = run.limits;
      define('vars', run.vars);
      define('attributes', run.attributes);
      define('contact', run.contact);
      define('message', run.message);
      define('run', freeze({ id: run.run_id }));
      body().then((value) => { outcome ??= { value }; }, (error) => { outcome ??= { error }; });
    },
    // one word tells what has to happen next; `calls` and `end` give the text that goes with it
    next() {
      if (calls.length > 0) return 'calls';
      if (outcome) return 'end';
      return tools.timers?.next() ? 'timer' : 'nothing';
    },
    calls() {
      const text = stringify(calls);
      calls = [];
      return text;
    },
    end,
    delay() { return tools.timers.next().due - Date.now(); },
    fire() { tools.timers.fire(); },
    answer(id, text) {
      const { error, response } = parse(text);
      const { kind, resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error === null) resolve(response ?? undefined);
      else {
        load('errors');
        reject(new tools.errors[kind](error));
      }
    },
    fail(text) { failure ??= parse(text); return end(); },
  };
  return (operation, ...values) => operations[operation](...values);
})
