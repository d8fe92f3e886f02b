import Button from "@mui/material/Button";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { EmptyState } from "./EmptyState";
import { Waiting } from "./Gate";
import { Missing } from "./Missing";
import { useSentence } from "./ProblemAlert";

interface OneProps<Item> {
  found: UseQueryResult<Item>;
  children: (item: Item) => ReactNode;
}

/** One thing that is being loaded, cannot be, is not there, or is. */
export function One<Item>({ found, children }: OneProps<Item>) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  if (found.data !== undefined) return children(found.data);
  if (found.isPending) return <Waiting />;
  return (
    <EmptyState title={t("work.not_loaded")} text={sentence(found.error)}>
      <Button variant="contained" loading={found.isFetching} onClick={() => void found.refetch()}>
        {t("work.again")}
      </Button>
    </EmptyState>
  );
}
