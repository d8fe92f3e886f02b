import { useTranslation } from "react-i18next";
import { PhoneFrame } from "../preview/PhoneFrame";
import { PhoneMessage } from "../preview/PhoneMessage";
import type { Draft } from "./model/components";
import { shownOf } from "./model/shown";
import { useWhatsAppSenders } from "./templates";

const CODE = "123456";

/** The template as a contact will see it. */
export function TemplatePreview({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const sender = useWhatsAppSenders().data?.find(({ id }) => id === draft.sender);
  const message = shownOf(draft, {
    code: t("preview.code", { code: CODE }),
    recommendation: t("preview.recommendation"),
    expires: (minutes) => t("preview.expires", { minutes }),
    copy_code: t("preview.copy_code"),
    autofill: t("preview.autofill"),
  });
  return (
    <PhoneFrame sender={sender?.name ?? draft.sender} channel="whatsapp">
      <PhoneMessage message={message} />
    </PhoneFrame>
  );
}
