import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import { useTranslation } from "react-i18next";
import { LinkTo } from "../workspace/LinkTo";
import { Listing } from "../workspace/Listing";
import { pathTo, type SectionProps } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { AdapterPage } from "./AdapterPage";
import { ConnectPage } from "./ConnectPage";
import { SenderPage } from "./SenderPage";
import { SenderTabs } from "./SenderTabs";
import { SenderTable } from "./SenderTable";
import { useSenders } from "./senders";

/** Senders, one of them, or a new one in two steps: how, and with what (AS-2, AS-5). */
export default function SendersPage({ rest: [id, adapter, registration] }: SectionProps) {
  if (id === undefined) return <AllSenders />;
  if (id !== "new") return <SenderPage key={id} id={id} />;
  return adapter === undefined ? <AdapterPage /> : <ConnectPage key={adapter} name={adapter} {...(registration && { registration })} />;
}

function AllSenders() {
  const { t } = useTranslation();
  const mayEdit = useMay("senders.edit");
  const senders = useSenders();
  const connect = mayEdit && (
    <Button variant="contained" startIcon={<Add />} component={LinkTo} href={pathTo("senders", "new")}>
      {t("senders.connect")}
    </Button>
  );
  return (
    <WorkPage title={t("sections.senders")} lead={t("senders.lead")} actions={connect}>
      <SenderTabs here="senders" />
      <Listing found={senders} empty={{ title: t("senders.empty"), text: t("senders.empty_text"), next: connect }}>
        {(rows) => <SenderTable senders={rows} />}
      </Listing>
    </WorkPage>
  );
}
