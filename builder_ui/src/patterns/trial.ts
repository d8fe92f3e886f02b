import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { answer, api, type Schemas } from "../api/client";

/** As many as the server tries at once. */
const MOST_PATTERNS = 100;

export type Tried = Schemas["TriedView"];

/** What the engine makes of patterns and a text (CB-6): by pattern; empty until it has answered. */
export function useTrial(patterns: readonly string[], text: string): Map<string, Tried> {
  const asked = useDeferredValue(JSON.stringify([...new Set(patterns)].sort().slice(0, MOST_PATTERNS)));
  const sample = useDeferredValue(text);
  const tried = useQuery({
    queryKey: ["trial", asked, sample],
    queryFn: () => tryPatterns(JSON.parse(asked) as string[], sample),
    enabled: asked !== "[]",
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  return tried.data ?? new Map();
}

async function tryPatterns(patterns: string[], text: string): Promise<Map<string, Tried>> {
  const { items } = await answer(api.POST("/api/v1/patterns/trial", { body: { patterns, text } }));
  return new Map(patterns.map((pattern, index) => [pattern, items[index]!]));
}
