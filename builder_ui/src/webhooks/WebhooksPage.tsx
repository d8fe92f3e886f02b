import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Listing } from "../workspace/Listing";
import type { SectionProps } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { ShownOnceDialog } from "../workspace/ShownOnceDialog";
import { WorkPage } from "../workspace/WorkPage";
import { NewWebhookDialog } from "./NewWebhookDialog";
import { WebhookPage } from "./WebhookPage";
import { type MadeWebhook, useWebhooks } from "./webhooks";
import { WebhookTable } from "./WebhookTable";

/** What one's own systems are told as it happens (AP-3), or one of them. */
export default function WebhooksPage({ rest: [id] }: SectionProps) {
  return id === undefined ? <AllWebhooks /> : <WebhookPage key={id} id={id} />;
}

function AllWebhooks() {
  const { t } = useTranslation();
  const mayEdit = useMay("webhooks.edit");
  const webhooks = useWebhooks();
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<MadeWebhook | null>(null);
  const add = mayEdit && (
    <Button variant="contained" startIcon={<Add />} onClick={() => setMaking(true)}>
      {t("webhooks.new")}
    </Button>
  );
  return (
    <WorkPage title={t("sections.webhooks")} lead={t("webhooks.lead")} actions={add}>
      <Listing found={webhooks} empty={{ title: t("webhooks.empty"), text: t("webhooks.empty_text"), next: add }}>
        {(rows) => <WebhookTable webhooks={rows} />}
      </Listing>
      {isMaking && <NewWebhookDialog made={setMade} close={() => setMaking(false)} />}
      {made && <ShownOnceDialog title={t("webhooks.made", { name: made.name })} label={t("webhooks.secret")} secret={made.secret} text={t("webhooks.secret_text")} close={() => setMade(null)} />}
    </WorkPage>
  );
}
