import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./openapi";

export type Schemas = components["schemas"];
export type Place = Schemas["Place"];

/** What went wrong with a request: the server's problem (RFC 9457), or no answer at all (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly type = "about:blank",
    readonly places: readonly Place[] = [],
  ) {
    super(message);
  }

  /** Whether there was no answer: nobody knows whether it was done. */
  get isUnanswered(): boolean {
    return this.status === 0;
  }
}

const asErrors: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await errorOf(response);
  },
  onError({ error }) {
    return error instanceof ApiError ? error : new ApiError(0, String(error));
  },
};

/** The error that an answer stands for; answers of proxies in between need not be problems. */
export async function errorOf(response: Response): Promise<ApiError> {
  const problem: unknown = await response.json().catch(() => null);
  const { detail, type, errors } = (problem ?? {}) as Partial<Schemas["Problem"]>;
  return new ApiError(response.status, detail ?? `${response.status} ${response.statusText}`, type, errors ?? []);
}

let asker: string | null = null;

/** Who the page belongs to from now on, by id; null: nobody. The server refuses what another person's session would do. */
export function askAs(user: string | null): void {
  asker = user;
}

/** These are sent to find out who it is. */
const WHO_IT_IS = new Set(["GET /api/v1/me", "POST /api/v1/session"]);
const asksWhoItIs = (method: string, path: string) => WHO_IT_IS.has(`${method} ${path}`);

const BY_WHOM = "X-Botflow-User";
const answered = new Set<string>();

/** Whom the server answered while it was not known yet who the page belongs to. */
export const answeredFirst = (): ReadonlySet<string> => answered;

const byWhom: Middleware = {
  onRequest({ request, schemaPath }) {
    if (asker !== null && !asksWhoItIs(request.method, schemaPath)) request.headers.set(BY_WHOM, asker);
  },
  onResponse({ request, schemaPath, response }) {
    if (asksWhoItIs(request.method, schemaPath)) return;
    const user = response.headers.get(BY_WHOM);
    if (user === null) return;
    if (asker === null) answered.add(user);
    // it was asked before that was known, and another tab signed somebody else in
    else if (user !== asker) throw new ApiError(401, "Somebody else is signed in with this browser now.");
  },
};

/** The server's API. Every call throws an ApiError where it is not answered with success. */
export const api = createClient<paths>({ fetch: (request) => fetch(request) });
api.use(byWhom, asErrors);

/** What a call answers; success is the only way back. */
export async function answer<Data>(call: Promise<{ data?: Data }>): Promise<Data> {
  return (await call).data as Data;
}

interface ListPage<Item> {
  items: Item[];
  next: string | null;
}

export const MOST_OF_A_PAGE = 200;

/** Every item of a list, page by page. */
export async function all<Item>(
  page: (query: { limit: number; cursor?: string }) => Promise<{ data?: ListPage<Item> }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const found: ListPage<Item> = await answer(page({ limit: MOST_OF_A_PAGE, ...(cursor && { cursor }) }));
    items.push(...found.items);
    cursor = found.next;
  } while (cursor);
  return items;
}
