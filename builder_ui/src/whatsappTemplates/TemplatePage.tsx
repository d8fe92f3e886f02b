import Button from "@mui/material/Button";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { EmptyState } from "../workspace/EmptyState";
import { Waiting } from "../workspace/Gate";
import { LinkTo } from "../workspace/LinkTo";
import { Missing } from "../workspace/Missing";
import { NotLoaded } from "../workspace/NotLoaded";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { draftOf } from "./model/components";
import { newTemplate } from "./model/kinds";
import { TemplateEditor } from "./TemplateEditor";
import { type Limits, type StoredTemplate, useLimits, useTemplate, useWhatsAppSenders } from "./templates";

/** A template that is not kept yet. */
export function NewTemplatePage() {
  const { t } = useTranslation();
  const mayEdit = useMay("templates.edit");
  const limits = useLimits();
  const senders = useWhatsAppSenders();
  if (!mayEdit) return <Missing permission="templates.edit" />;
  if (limits.isPending || senders.isPending) return <Waiting />;
  if (!limits.data || !senders.data) return <NotLoaded error={limits.error ?? senders.error} again={() => void Promise.all([limits.refetch(), senders.refetch()])} />;
  if (senders.data.length === 0)
    return (
      <EmptyState title={t("whatsapp_templates.new")} text={t("whatsapp_templates.no_senders")}>
        <Button component={LinkTo} href={pathTo("whatsapp-templates")}>
          {t("whatsapp_templates.to_list")}
        </Button>
      </EmptyState>
    );
  return <NewEditor sender={senders.data.length === 1 ? senders.data[0]!.id : ""} limits={limits.data} />;
}

function NewEditor({ sender, limits }: { sender: string; limits: Limits }) {
  const { i18n } = useTranslation();
  const [start] = useState(() => newTemplate(sender, i18n.language));
  return <TemplateEditor start={start} limits={limits} />;
}

/** A template that is kept. */
export function TemplatePage({ id }: { id: string }) {
  const template = useTemplate(id);
  const limits = useLimits();
  if (template.error instanceof ApiError && template.error.status === 404) return <Missing />;
  if (template.data && limits.data) return <StoredEditor stored={template.data} limits={limits.data} />;
  if (template.isPending || limits.isPending) return <Waiting />;
  return <NotLoaded error={template.error ?? limits.error} again={() => void Promise.all([template.refetch(), limits.refetch()])} />;
}

function StoredEditor({ stored, limits }: { stored: StoredTemplate; limits: Limits }) {
  const start = useMemo(() => draftOf(stored), [stored]);
  return <TemplateEditor start={start} stored={stored} limits={limits} />;
}
