import Button from "@mui/material/Button";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "./EmptyState";
import { Waiting } from "./Gate";
import { useSentence } from "./ProblemAlert";

interface ListingProps<Item> {
  found: UseQueryResult<Item[]>;
  /** What is said where there is none yet, and what to do next. */
  empty: { title: string; text: string; next?: ReactNode };
  children: (items: Item[]) => ReactNode;
}

/** A list that is being loaded, cannot be, is empty, or is there. */
export function Listing<Item>({ found, empty, children }: ListingProps<Item>) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (found.data?.length) return children(found.data);
  if (found.data) return <EmptyState {...empty}>{empty.next}</EmptyState>;
  if (found.isPending) return <Waiting />;
  return (
    <EmptyState title={t("work.not_loaded")} text={sentence(found.error)}>
      <Button variant="contained" loading={found.isFetching} onClick={() => void found.refetch()}>
        {t("work.again")}
      </Button>
    </EmptyState>
  );
}
