import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { draftOf } from "../whatsappTemplates/model/components";
import { withValues } from "../whatsappTemplates/model/filling";
import { TemplatePreview } from "../whatsappTemplates/TemplatePreview";
import { useTemplates } from "../whatsappTemplates/templates";
import { mediumOf } from "./shown";
import { isApproved, templateOf } from "./templates";
import { type Content, contentOf, textOf } from "./values";

interface FilledTemplateProps {
  content: Content;
  isCompact: boolean;
  /** What is shown of a template that is not known here. */
  unknown: ReactNode;
}

/** A message of a WhatsApp template: the text that WhatsApp has approved, or may yet, filled with what the message says. */
export function FilledTemplate({ content, isCompact, unknown }: FilledTemplateProps) {
  const { t } = useTranslation();
  const stored = templateOf(useTemplates().data ?? [], content);
  if (!stored) return unknown;
  const values = Object.fromEntries(Object.entries(contentOf(content.variables)).map(([name, value]) => [name, textOf(value)]));
  return (
    <>
      <TemplatePreview draft={withValues(draftOf(stored), values)} code={values["1"] || undefined} media={content.media === undefined ? undefined : mediumOf(content.media)} isCompact={isCompact} />
      {!isApproved(stored) && (
        <Typography variant="body2" sx={{ mt: 1, textAlign: "center", color: "warning.main" }}>
          {t("messages.template_not_approved", { name: stored.name })}
        </Typography>
      )}
    </>
  );
}
