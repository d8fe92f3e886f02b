import GridView from "@mui/icons-material/GridView";
import TableRows from "@mui/icons-material/TableRows";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keep, recall } from "../storage";
import { pathTo } from "../workspace/sections";
import { KINDS, matching, type Wanted } from "./files";
import { MediaCards } from "./MediaCards";
import { MediaFilters } from "./MediaFilters";
import { MediaTable } from "./MediaTable";
import type { Media } from "./media";
import { NothingFits } from "./NothingFits";

type Look = "cards" | "table";
const LOOK = "media.look";
const ALL: Wanted = { search: "", kinds: [] };

/** The files, as cards or as a table: as they were looked at the last time. */
export function Library({ files }: { files: Media[] }) {
  const [look, setLook] = useState(() => recall<Look>(LOOK, "cards"));
  const [wanted, want] = useState(ALL);
  const found = matching(files, wanted);
  const show = (next: Look) => {
    setLook(next);
    keep(LOOK, next);
  };
  return (
    <>
      <MediaFilters kinds={KINDS} wanted={wanted} want={want}>
        <LookSwitch look={look} show={show} />
      </MediaFilters>
      {found.length === 0 && <NothingFits clear={() => want(ALL)} />}
      {found.length > 0 && look === "table" && <MediaTable files={found} />}
      {found.length > 0 && look === "cards" && <MediaCards files={found} open={({ key }) => ({ href: pathTo("media", key) })} />}
    </>
  );
}

function LookSwitch({ look, show }: { look: Look; show: (look: Look) => void }) {
  const { t } = useTranslation();
  return (
    <ToggleButtonGroup exclusive size="small" value={look} aria-label={t("media.look")} onChange={(_, next: Look | null) => next && show(next)} sx={{ ml: "auto" }}>
      <ToggleButton value="cards" aria-label={t("media.cards")} title={t("media.cards")}>
        <GridView />
      </ToggleButton>
      <ToggleButton value="table" aria-label={t("media.table")} title={t("media.table")}>
        <TableRows />
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
