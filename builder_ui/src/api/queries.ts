import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./client";

const FRESH_MS = 5_000;
const TRIES = 3;
export const ME = ["me"] as const;

/** The session has ended, or a new password is needed: asking who is signed in shows which. */
export function noticeSignedOut(error: Error): void {
  const isSignedOut = error instanceof ApiError && (error.status === 401 || error.type === "/problems/password-needed");
  if (isSignedOut) void queries.invalidateQueries({ queryKey: ME });
}

/** What the pages have read from the server, and when to read it again. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => query.queryKey[0] !== ME[0] && noticeSignedOut(error) }),
  mutationCache: new MutationCache({ onError: noticeSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // what is wrong with a request stays wrong
      retry: (failures, error) => failures < TRIES && error instanceof ApiError && retried(error),
    },
    // nothing is done twice because an answer was lost
    mutations: { retry: false, networkMode: "always" },
  },
});

const retried = (error: ApiError) => error.isUnanswered || error.status >= 500;
