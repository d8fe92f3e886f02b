import Add from "@mui/icons-material/Add";
import CloudDownload from "@mui/icons-material/CloudDownload";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LinkTo } from "../workspace/LinkTo";
import { Listing } from "../workspace/Listing";
import { pathTo, type SectionProps } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { DeleteDialog } from "./DeleteDialog";
import { NewTemplatePage, TemplatePage } from "./TemplatePage";
import { ImportDialog } from "./ImportDialog";
import { type StoredTemplate, useTemplates, useWhatsAppSenders } from "./templates";
import { TemplateTable } from "./TemplateTable";

/** WhatsApp templates, a new one, or one of them. */
export default function TemplatesPage({ rest: [id] }: SectionProps) {
  if (id === undefined) return <AllTemplates />;
  return id === "new" ? <NewTemplatePage /> : <TemplatePage key={id} id={id} />;
}

/** The templates of all senders (AS-4). */
function AllTemplates() {
  const { t } = useTranslation();
  const mayEdit = useMay("templates.edit");
  const templates = useTemplates();
  const senders = useWhatsAppSenders().data ?? [];
  const [isImporting, setImporting] = useState(false);
  const [deleting, setDeleting] = useState<StoredTemplate | null>(null);
  const next = mayEdit && senders.length > 0 && (
    <>
      <Button startIcon={<CloudDownload />} onClick={() => setImporting(true)}>
        {t("whatsapp_templates.import")}
      </Button>
      <Button variant="contained" startIcon={<Add />} component={LinkTo} href={pathTo("whatsapp-templates", "new")}>
        {t("whatsapp_templates.new")}
      </Button>
    </>
  );
  const text = senders.length > 0 ? t("whatsapp_templates.empty_text") : t("whatsapp_templates.no_senders");
  return (
    <WorkPage title={t("sections.whatsapp_templates")} lead={t("whatsapp_templates.lead")} actions={next}>
      <Listing found={templates} empty={{ title: t("whatsapp_templates.empty"), text, next }}>
        {(rows) => <TemplateTable templates={rows} senders={senders} {...(mayEdit && { remove: setDeleting })} />}
      </Listing>
      {isImporting && <ImportDialog senders={senders} close={() => setImporting(false)} />}
      {deleting && <DeleteDialog template={deleting} close={() => setDeleting(null)} />}
    </WorkPage>
  );
}
