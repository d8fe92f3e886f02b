// URL and URLSearchParams after the WHATWG URL standard, as far as scripts that call services need them.
// Host names stay as they are written, in lower case; the host of the sandbox turns them into ASCII.
(function () {
  'use strict';
  const PORTS = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21' };
  const encodePath = (text) => text.replace(/[^!$-;=@-\]_a-z|~]|%(?![0-9a-f]{2})/giu,
    (character) => (character === '%' ? '%' : encodeURIComponent(character.toWellFormed())));
  const encodeQuery = (text) => text.replace(/[^!$-&(-;=?-~]/gu, (character) => (character === "'" ? '%27' : encodeURIComponent(character.toWellFormed())));
  const encodeForm = (text) => encodeURIComponent(text.toWellFormed()).replace(/%20/g, '+')
    .replace(/[!'()~]/g, (character) => '%' + character.charCodeAt(0).toString(16).toUpperCase());
  const decodeForm = (text) => {
    const spaced = text.replace(/\+/g, ' ');
    try { return decodeURIComponent(spaced); } catch { return spaced; }
  };
  const withoutDots = (path) => {
    const kept = [];
    const parts = path.replace(/\\/g, '/').split('/').slice(1);
    parts.forEach((part, index) => {
      const last = index === parts.length - 1;
      const plain = part.replace(/%2e/gi, '.');
      if (plain === '..') { kept.pop(); if (last) kept.push(''); }
      else if (plain === '.') { if (last) kept.push(''); }
      else kept.push(part);
    });
    return '/' + kept.join('/');
  };

  class URLSearchParams {
    #pairs = [];
    #changed = () => {};
    constructor(init = '', changed = undefined) {
      if (typeof init === 'string') this.#read(init);
      else if (init !== null && typeof init[Symbol.iterator] === 'function') for (const [name, value] of init) this.#pairs.push([String(name), String(value)]);
      else for (const [name, value] of Object.entries(init ?? {})) this.#pairs.push([name, String(value)]);
      if (typeof changed === 'function') this.#changed = changed;
    }
    #read(text) {
      for (const part of text.replace(/^\?/, '').split('&').filter(Boolean)) {
        const at = part.indexOf('=');
        this.#pairs.push(at < 0 ? [decodeForm(part), ''] : [decodeForm(part.slice(0, at)), decodeForm(part.slice(at + 1))]);
      }
    }
    get size() { return this.#pairs.length; }
    append(name, value) { this.#pairs.push([String(name), String(value)]); this.#changed(); }
    delete(name, value) {
      this.#pairs = this.#pairs.filter(([key, member]) => key !== String(name) || (value !== undefined && member !== String(value)));
      this.#changed();
    }
    get(name) { return this.#pairs.find(([key]) => key === String(name))?.[1] ?? null; }
    getAll(name) { return this.#pairs.filter(([key]) => key === String(name)).map(([, value]) => value); }
    has(name, value) { return this.#pairs.some(([key, member]) => key === String(name) && (value === undefined || member === String(value))); }
    set(name, value) {
      const at = this.#pairs.findIndex(([key]) => key === String(name));
      if (at < 0) this.#pairs.push([String(name), String(value)]);
      else {
        this.#pairs = this.#pairs.filter(([key], index) => index <= at || key !== String(name));
        this.#pairs[at] = [String(name), String(value)];
      }
      this.#changed();
    }
    sort() { this.#pairs.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)); this.#changed(); }
    forEach(callback, self) { for (const [name, value] of this.#pairs) callback.call(self, value, name, this); }
    * entries() { for (const [name, value] of this.#pairs) yield [name, value]; }
    * keys() { for (const [name] of this.#pairs) yield name; }
    * values() { for (const [, value] of this.#pairs) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    toString() { return this.#pairs.map(([name, value]) => `${encodeForm(name)}=${encodeForm(value)}`).join('&'); }
  }

  const ABSOLUTE = /^([a-z][a-z0-9+.-]*:)(?:\/\/|\\\\)?([^]*)$/i;
  const AUTHORITY = /^(?:([^@/?#\\]*)@)?(\[[0-9a-f:.]+\]|[^:/?#\\]*)(?::(\d*))?([^?#]*)(\?[^#]*)?(#[^]*)?$/i;
  const RELATIVE = /^([^?#]*)(\?[^#]*)?(#[^]*)?$/;
  const invalid = (text) => new TypeError(`Invalid URL: ${text}`);

  class URL {
    #parts;
    #params;
    constructor(url, base = undefined) {
      const text = String(url).trim().replace(/[\t\n\r]/g, '');
      this.#parts = ABSOLUTE.test(text) ? URL.#absolute(text) : URL.#relative(text, base);
      this.#params = this.#follow();
    }
    #follow() {
      const params = new URLSearchParams(this.#parts.search, () => {
        const query = params.toString();
        this.#parts.search = query && '?' + query;
      });
      return params;
    }
    static #absolute(text) {
      const [, scheme, rest] = ABSOLUTE.exec(text);
      const protocol = scheme.toLowerCase();
      if (!(protocol in PORTS)) {
        const [, pathname, search = '', hash = ''] = RELATIVE.exec(rest);
        return { protocol, username: '', password: '', hostname: '', port: '', pathname, search, hash };
      }
      const found = AUTHORITY.exec(rest);
      if (!found || !found[2] || /[\s<>^|%]/.test(found[2]) || Number(found[3] ?? 0) > 65535) throw invalid(text);
      const [, user = '', host, port = '', path, search = '', hash = ''] = found;
      const [username, ...password] = user.split(':');
      return {
        protocol, username, password: password.join(':'), hostname: host.toLowerCase(),
        port: port === '' || String(Number(port)) === PORTS[protocol] ? '' : String(Number(port)),
        pathname: encodePath(withoutDots(path || '/')), search: URL.#query(search), hash: URL.#fragment(hash),
      };
    }
    static #relative(text, base) {
      if (base === undefined) throw invalid(text);
      const from = new URL(base);
      if (!(from.protocol in PORTS)) throw invalid(text);
      if (/^(\/\/|\\\\)/.test(text)) return URL.#absolute(from.protocol + text);
      const [, path, search = '', hash = ''] = RELATIVE.exec(text);
      const folder = from.pathname.slice(0, from.pathname.lastIndexOf('/') + 1);
      const whole = path === '' ? from.pathname : /^[/\\]/.test(path) ? path : folder + path;
      return {
        protocol: from.protocol, username: from.username, password: from.password, hostname: from.hostname, port: from.port,
        pathname: encodePath(withoutDots(whole)), hash: URL.#fragment(hash),
        search: path === '' && search === '' ? from.search : URL.#query(search),
      };
    }
    static #query(text) { return text.length > 1 ? encodeQuery(text) : ''; }
    static #fragment(text) { return text.length > 1 ? '#' + encodeQuery(text.slice(1)) : ''; }
    static canParse(url, base = undefined) { try { return Boolean(new URL(url, base)); } catch { return false; } }
    static parse(url, base = undefined) { try { return new URL(url, base); } catch { return null; } }

    get protocol() { return this.#parts.protocol; }
    get username() { return this.#parts.username; }
    get password() { return this.#parts.password; }
    get hostname() { return this.#parts.hostname; }
    get port() { return this.#parts.port; }
    get pathname() { return this.#parts.pathname; }
    get search() { return this.#parts.search; }
    get hash() { return this.#parts.hash; }
    get searchParams() { return this.#params; }
    get host() { return this.hostname + (this.port && ':' + this.port); }
    get origin() { return this.protocol in PORTS ? `${this.protocol}//${this.host}` : 'null'; }
    get href() {
      const { protocol, username, password, pathname, search, hash } = this.#parts;
      if (!(protocol in PORTS)) return protocol + pathname + search + hash;
      const user = username || password ? username + (password && ':' + password) + '@' : '';
      return `${protocol}//${user}${this.host}${pathname}${search}${hash}`;
    }
    set pathname(text) { this.#parts.pathname = encodePath(withoutDots('/' + String(text).replace(/^[/\\]/, ''))); }
    set search(text) {
      this.#parts.search = URL.#query(String(text).replace(/^\??/, '?'));
      this.#params = this.#follow();
    }
    set hash(text) { this.#parts.hash = URL.#fragment(String(text).replace(/^#?/, '#')); }
    set port(text) { this.#parts.port = String(text) === PORTS[this.protocol] ? '' : String(text).replace(/\D.*$/, ''); }
    set hostname(text) { if (/^[^\s/?#@:%<>^|]+$/.test(String(text))) this.#parts.hostname = String(text).toLowerCase(); }
    set protocol(text) { const name = String(text).replace(/:?$/, ':').toLowerCase(); if (name in PORTS) this.#parts.protocol = name; }
    set href(text) { this.#parts = URL.#absolute(String(text).trim()); this.#params = this.#follow(); }
    toString() { return this.href; }
    toJSON() { return this.href; }
  }
  return { URL, URLSearchParams };
})
