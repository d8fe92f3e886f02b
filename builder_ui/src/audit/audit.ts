import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../api/client";
import type { Filters } from "./filters";

export type AuditEntry = Schemas["AuditView"];

export const ENTRIES_OF_A_PAGE = 50;

/** A page of the log, the latest first; the one before stays in sight until it is there. */
export const useAudit = (query: Filters, cursor: string | null) =>
  useQuery({
    queryKey: ["audit", query, cursor],
    queryFn: () =>
      answer(api.GET("/api/v1/audit", { params: { query: { ...query, limit: ENTRIES_OF_A_PAGE, ...(cursor && { cursor }) } } })),
    placeholderData: keepPreviousData,
  });

/** Where what fits is downloaded from. */
export const csvAddress = (query: Filters) => `/api/v1/audit.csv?${new URLSearchParams(query as Record<string, string>)}`;
