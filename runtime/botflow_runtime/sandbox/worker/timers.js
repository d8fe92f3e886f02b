// setTimeout and its like. The worker sleeps until the first timer is due when nothing else is left to do.
(function (tools) {
  'use strict';
  const now = Date.now;
  let timers = [];
  let serial = 0;
  const start = (again) => (callback, delay = 0, ...values) => {
    if (typeof callback !== 'function') throw new TypeError('a timer needs a function');
    const wait = Math.max(Number(delay) || 0, again ? 1 : 0);
    timers.push({ id: ++serial, due: now() + wait, wait, again, callback, values });
    return serial;
  };
  const clear = (id) => { timers = timers.filter((timer) => timer.id !== id); };
  const next = () => timers.reduce((first, timer) => (first === null || timer.due < first.due ? timer : first), null);
  const fire = () => {
    const timer = next();
    if (timer.again) timer.due = now() + timer.wait; else clear(timer.id);
    try { timer.callback(...timer.values); } catch (error) { tools.stop(error); }
  };
  tools.timers = { next, fire };
  return { setTimeout: start(false), setInterval: start(true), clearTimeout: clear, clearInterval: clear };
})
