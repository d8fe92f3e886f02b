// structuredClone after the HTML standard, without transfer.
(function () {
  'use strict';
  const { keys, defineProperty } = Object;
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
  return { structuredClone: (value) => clone(value, new Map()) };
})
