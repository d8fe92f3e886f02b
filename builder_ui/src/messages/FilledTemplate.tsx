import type { ReactNode } from "react";
import { draftOf } from "../whatsappTemplates/model/components";
import { withValues } from "../whatsappTemplates/model/filling";
import { TemplatePreview } from "../whatsappTemplates/TemplatePreview";
import { useTemplates } from "../whatsappTemplates/templates";
import { mediumOf } from "./shown";
import { isNamed } from "./templates";
import { type Content, contentOf, textOf } from "./values";

interface FilledTemplateProps {
  content: Content;
  isCompact: boolean;
  /** What is shown of a template that is not known here. */
  unknown: ReactNode;
}

/** A message of a WhatsApp template: the text that WhatsApp has approved, filled with what the message says. */
export function FilledTemplate({ content, isCompact, unknown }: FilledTemplateProps) {
  const stored = useTemplates().data?.find((one) => isNamed(one, content.name, content.language));
  if (!stored) return unknown;
  const values = Object.fromEntries(Object.entries(contentOf(content.variables)).map(([name, value]) => [name, textOf(value)]));
  return <TemplatePreview draft={withValues(draftOf(stored), values)} code={values["1"] || undefined} media={content.media === undefined ? undefined : mediumOf(content.media)} isCompact={isCompact} />;
}
