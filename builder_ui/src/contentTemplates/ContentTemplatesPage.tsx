import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LinkTo } from "../workspace/LinkTo";
import { Listing } from "../workspace/Listing";
import { Missing } from "../workspace/Missing";
import { One } from "../workspace/One";
import { pathTo, type SectionProps } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { type ContentTemplate, useContentTemplate, useContentTemplates } from "./contentTemplates";
import { ContentTemplateEditor } from "./ContentTemplateEditor";
import { ContentTemplateTable } from "./ContentTemplateTable";
import { DeleteDialog } from "./DeleteDialog";

/** Content templates (AS-3), a new one, or one of them. */
export default function ContentTemplatesPage({ rest: [id] }: SectionProps) {
  if (id === undefined) return <AllTemplates />;
  return id === "new" ? <NewTemplate /> : <StoredTemplate key={id} id={id} />;
}

function NewTemplate() {
  return useMay("templates.edit") ? <ContentTemplateEditor /> : <Missing permission="templates.edit" />;
}

function StoredTemplate({ id }: { id: string }) {
  return <One found={useContentTemplate(id)}>{(stored) => <ContentTemplateEditor stored={stored} />}</One>;
}

function AllTemplates() {
  const { t } = useTranslation();
  const mayEdit = useMay("templates.edit");
  const templates = useContentTemplates();
  const [deleting, setDeleting] = useState<ContentTemplate | null>(null);
  const next = mayEdit && (
    <Button variant="contained" startIcon={<Add />} component={LinkTo} href={pathTo("content-templates", "new")}>
      {t("content_templates.new")}
    </Button>
  );
  return (
    <WorkPage title={t("sections.content_templates")} lead={t("content_templates.lead")} actions={next}>
      <Listing found={templates} empty={{ title: t("content_templates.empty"), text: t("content_templates.empty_text"), next }}>
        {(rows) => <ContentTemplateTable templates={rows} {...(mayEdit && { remove: setDeleting })} />}
      </Listing>
      {deleting && <DeleteDialog template={deleting} close={() => setDeleting(null)} />}
    </WorkPage>
  );
}
