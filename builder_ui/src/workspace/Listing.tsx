import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { EmptyState } from "./EmptyState";
import { Waiting } from "./Gate";
import { NotLoaded } from "./NotLoaded";

interface ListingProps<Item> {
  found: UseQueryResult<Item[]>;
  /** What is said where there is none yet, and what to do next. */
  empty: { title: string; text: string; next?: ReactNode };
  children: (items: Item[]) => ReactNode;
}

/** A list that is being loaded, cannot be, is empty, or is there. */
export function Listing<Item>({ found, empty, children }: ListingProps<Item>) {
  if (found.data?.length) return children(found.data);
  if (found.data) return <EmptyState {...empty}>{empty.next}</EmptyState>;
  if (found.isPending) return <Waiting />;
  return <NotLoaded error={found.error} isTrying={found.isFetching} again={() => void found.refetch()} />;
}
