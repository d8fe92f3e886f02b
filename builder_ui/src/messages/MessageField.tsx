import Stack from "@mui/material/Stack";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { JsonInput } from "../canvas/JsonInput";
import { TemplateTools } from "../contentTemplates/TemplateTools";
import { FoldedPreview } from "./FoldedPreview";
import { isChannel, objectOf } from "./kinds";
import { MessageForm } from "./MessageForm";
import { type Content, contentOf } from "./values";

interface MessageFieldProps {
  channel: string;
  content: unknown;
  change: (content: Content) => void;
  /** Right below the fields. */
  below?: ReactNode;
}

/** The message constructor of a step (ED-2): the form, the content templates, and the phone that shows it. */
export function MessageField({ channel, content, change, below }: MessageFieldProps) {
  const { t } = useTranslation();
  const value = contentOf(content);
  if (!isChannel(channel)) return <JsonInput label={t("messages.as_json")} value={value} read={(typed) => typed as Content} change={change} />;
  return (
    <Stack sx={{ gap: 2 }}>
      <MessageForm channel={channel} content={value} change={change} />
      {below}
      <TemplateTools channel={channel} content={value} change={change} />
      {objectOf(channel, value.type) && <FoldedPreview channel={channel} content={value} />}
    </Stack>
  );
}
