import Download from "@mui/icons-material/Download";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import type { AuditEntry } from "./audit";
import { csvAddress } from "./audit";
import { AuditFilters } from "./AuditFilters";
import { EntryDialog } from "./EntryDialog";
import { type Filters, filtersIn, queryOf, searchOf } from "./filters";
import { Pages } from "./Pages";

/** Who changed what (AC-3). What it is narrowed to is in the address. */
export default function AuditPage() {
  const { t } = useTranslation();
  const { time_zone } = useMe();
  const [filters, setFilters] = useState(() => filtersIn(location.search));
  const [shown, setShown] = useState<AuditEntry | null>(null);
  const query = queryOf(filters, time_zone);
  const narrow = (wanted: Filters) => {
    history.replaceState(null, "", `${location.pathname}${searchOf(wanted)}`);
    setFilters(wanted);
  };
  const download = (
    <Button component="a" href={csvAddress(query)} startIcon={<Download />}>
      {t("audit.download")}
    </Button>
  );
  return (
    <WorkPage title={t("sections.audit")} lead={t("audit.lead")} actions={download}>
      <AuditFilters filters={filters} change={narrow} />
      <Pages key={searchOf(filters)} query={query} show={setShown} clear={() => narrow({})} />
      {shown && <EntryDialog entry={shown} filter={narrow} close={() => setShown(null)} />}
    </WorkPage>
  );
}
