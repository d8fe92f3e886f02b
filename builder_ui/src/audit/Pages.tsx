import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../workspace/EmptyState";
import { One } from "../workspace/One";
import { type AuditEntry, useAudit } from "./audit";
import { AuditTable } from "./AuditTable";
import type { Filters } from "./filters";

interface PagesProps {
  query: Filters;
  show: (entry: AuditEntry) => void;
  /** Take the filters away. */
  clear: () => void;
}

/** What fits, page by page. */
export function Pages({ query, show, clear }: PagesProps) {
  const { t } = useTranslation();
  /** Where each page begins that was come to. */
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const page = cursors.length - 1;
  const found = useAudit(query, cursors[page]!);
  return (
    <One found={found}>
      {({ items, next }) =>
        items.length > 0 || page > 0 ? (
          <AuditTable
            entries={items}
            page={page}
            hasNext={next !== null}
            isLoading={found.isPlaceholderData}
            turn={(wanted) => setCursors(wanted > page ? [...cursors, next] : cursors.slice(0, wanted + 1))}
            show={show}
          />
        ) : (
          <EmptyState title={t("audit.empty")} text={t("audit.empty_text")}>
            <Button variant="contained" onClick={clear}>
              {t("audit.clear")}
            </Button>
          </EmptyState>
        )
      }
    </One>
  );
}
