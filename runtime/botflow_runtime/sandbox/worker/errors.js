// What went wrong, for the author: a kind, a sentence and the line. Gives describe(error).
// QuickJS throws null when there is no memory left for an error. Limits get their sentence from the host.
(function (tools) {
  'use strict';
  const named = (name) => class extends Error { get name() { return name; } };
  if (!tools.errors.http) tools.errors = { http: named('HttpError'), email: named('EmailError') };
  const line = (error) => {
    const places = [...String(error?.stack ?? '').matchAll(/<input>:(\d+)/g)].map(([, number]) => Number(number) - 1);
    return places.find((number) => number > 0) ?? null;
  };
  const describe = (error) => {
    if (error instanceof tools.errors.http) return { kind: 'http', message: error.message, line: line(error) };
    if (error instanceof tools.errors.email) return { kind: 'email', message: error.message, line: line(error) };
    if (error === null || /^out of memory/.test(error?.message)) return { kind: 'memory', line: line(error) };
    if (error?.message === 'interrupted') return { kind: 'cpu', line: line(error) };
    if (!(error instanceof Error)) return { kind: 'raised', message: `the script threw ${tools.show(error)}`, line: null };
    if (/^Maximum call stack/.test(error.message)) return { kind: 'stack', line: line(error) };
    return { kind: 'raised', message: `${error.name}: ${error.message}`, line: line(error) };
  };
  return describe;
})
