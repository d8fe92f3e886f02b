import Box from "@mui/material/Box";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Draft } from "../chatbots/chatbots";
import { Listing } from "../workspace/Listing";
import { Comparison } from "./Comparison";
import { type Pair, useVersions, type Version } from "./versions";
import { VersionList } from "./VersionList";

/** What was published when and by whom, what each version changed, and the ways back (ED-5). */
export default function HistoryPart({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const versions = useVersions(draft.id);
  return (
    <Listing found={versions} empty={{ title: t("history.none"), text: t("history.none_text") }}>
      {(found) => <History draft={draft} versions={found} />}
    </Listing>
  );
}

function History({ draft, versions }: { draft: Draft; versions: readonly Version[] }) {
  const [pair, compare] = useState<Pair>({ before: versions[0]?.number ?? null, after: null });
  return (
    <Box sx={{ display: "grid", gap: 3, gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "minmax(300px, 380px) minmax(0, 1fr)" }, alignItems: "start" }}>
      <VersionList draft={draft} versions={versions} shown={pair.after} show={compare} />
      <Comparison id={draft.id} versions={versions} pair={pair} compare={compare} />
    </Box>
  );
}
