import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { Listing } from "../workspace/Listing";
import { useMay } from "../workspace/session";
import { ShownOnceDialog } from "../workspace/ShownOnceDialog";
import { WorkPage } from "../workspace/WorkPage";
import { type ApiKey, endKey, type MadeKey, useKeys } from "./keys";
import { KeyTable } from "./KeyTable";
import { NewKeyDialog } from "./NewKeyDialog";

/** API keys: what programs sign in with (AP-1). */
export default function KeysPage() {
  const { t } = useTranslation();
  const mayEdit = useMay("keys.edit");
  const keys = useKeys();
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<MadeKey | null>(null);
  const [ending, setEnding] = useState<ApiKey | null>(null);
  const add = mayEdit && (
    <Button variant="contained" startIcon={<Add />} onClick={() => setMaking(true)}>
      {t("keys.new")}
    </Button>
  );
  return (
    <WorkPage title={t("sections.keys")} lead={t("keys.lead")} actions={add}>
      <Listing found={keys} empty={{ title: t("keys.empty"), text: t("keys.empty_text"), next: add }}>
        {(rows) => <KeyTable keys={rows} {...(mayEdit && { end: setEnding })} />}
      </Listing>
      {isMaking && <NewKeyDialog made={setMade} close={() => setMaking(false)} />}
      {made && <ShownOnceDialog title={t("keys.made", { name: made.name })} label={t("keys.key")} secret={made.key} close={() => setMade(null)} />}
      {ending && (
        <ConfirmDialog
          title={t("keys.end_title", { name: ending.name })}
          text={t("keys.end_text")}
          verb={t("keys.end")}
          run={() => endKey(ending.id)}
          close={() => setEnding(null)}
        />
      )}
    </WorkPage>
  );
}
