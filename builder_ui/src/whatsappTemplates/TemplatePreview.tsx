import { useTranslation } from "react-i18next";
import type { Media } from "../chat/content/model";
import { PhoneFrame } from "../preview/PhoneFrame";
import { PhoneMessage } from "../preview/PhoneMessage";
import type { Draft } from "./model/components";
import { shownOf } from "./model/shown";
import { useWhatsAppSenders } from "./templates";

const CODE = "123456";

interface TemplatePreviewProps {
  draft: Draft;
  /** The one-time password of a message, where it is known. */
  code?: string | undefined;
  /** What a message has above its text. */
  media?: Media | undefined;
  /** As high as what it shows. */
  isCompact?: boolean;
}

/** The template, or a message of it, as a contact will see it. */
export function TemplatePreview({ draft, code = CODE, media, isCompact = false }: TemplatePreviewProps) {
  const { t } = useTranslation();
  const sender = useWhatsAppSenders().data?.find(({ id }) => id === draft.sender);
  const message = shownOf(draft, {
    code: t("preview.code", { code }),
    recommendation: t("preview.recommendation"),
    expires: (minutes) => t("preview.expires", { minutes }),
    copy_code: t("preview.copy_code"),
    autofill: t("preview.autofill"),
  });
  const header = message.header && "kind" in message.header && media ? { ...message.header, media } : message.header;
  return (
    <PhoneFrame sender={sender?.name ?? draft.sender} channel="whatsapp" isCompact={isCompact}>
      <PhoneMessage message={{ ...message, ...(header && { header }) }} />
    </PhoneFrame>
  );
}
