import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../../api/client";
import type { Period } from "../../history/period";
import { beginOfDay } from "../../workspace/days";

export type AnsweredThread = Schemas["AnsweredThread"];
export type Summary = Schemas["SummaryView"];

/** What the server is asked for. */
export interface Query {
  version?: number;
  answered_from?: string;
  answered_before?: string;
}

export function queryOf({ version, first, last }: Period, timeZone: string): Query {
  return {
    ...(version !== "" && { version }),
    ...(first && { answered_from: beginOfDay(first, timeZone) }),
    ...(last && { answered_before: beginOfDay(last, timeZone, 1) }),
  };
}

/** Where the whole table is downloaded from. */
export function csvAddress(id: string, query: Query): string {
  const pairs = Object.entries(query).map(([name, value]) => [name, String(value)]);
  const asked = new URLSearchParams(pairs).toString();
  return `/api/v1/chatbots/${encodeURIComponent(id)}/answers.csv${asked && "?"}${asked}`;
}

/** A value as people read it: texts as they are, all else as JSON. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export const ROWS = 50;

const about = (id: string) => ["chatbots", id, "answers"];
const of = (id: string) => ({ chatbot_id: id });

/** Threads page by page, as far as they were looked at. */
export const useAnswers = (id: string, query: Query, sort: string) =>
  useInfiniteQuery({
    queryKey: [...about(id), "threads", query, sort],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/chatbots/{chatbot_id}/answers", {
          params: { path: of(id), query: { ...query, sort, limit: ROWS, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

/** How often each value of a field was given. */
export const useCounts = (id: string, field: string, query: Query) =>
  useQuery({
    queryKey: [...about(id), "counts", field, query],
    queryFn: () => answer(api.GET("/api/v1/chatbots/{chatbot_id}/answers/counts", { params: { path: of(id), query: { ...query, field } } })),
    placeholderData: keepPreviousData,
  });
