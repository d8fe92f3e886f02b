import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiError } from "../api/client";
import { Waiting } from "./Gate";
import { Missing } from "./Missing";
import { NotLoaded } from "./NotLoaded";

interface OneProps<Item> {
  found: UseQueryResult<Item>;
  children: (item: Item) => ReactNode;
}

/** One thing that is being loaded, cannot be, is not there, or is. */
export function One<Item>({ found, children }: OneProps<Item>) {
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  if (found.data !== undefined) return children(found.data);
  if (found.isPending) return <Waiting />;
  return <NotLoaded error={found.error} isTrying={found.isFetching} again={() => void found.refetch()} />;
}
