import { useTranslation } from "react-i18next";
import { EmailPreview } from "../preview/EmailPreview";
import { PhoneFrame } from "../preview/PhoneFrame";
import { PhoneMessage } from "../preview/PhoneMessage";
import { FilledTemplate } from "./FilledTemplate";
import type { Channel } from "./kinds";
import { shownOf } from "./shown";
import { contentOf } from "./values";

interface MessagePreviewProps {
  channel: Channel;
  content: unknown;
  /** As high as what it shows, for a narrow place. */
  isCompact?: boolean;
}

/** A message as contacts see it: on the phone, or in a mail program. */
export function MessagePreview(props: MessagePreviewProps) {
  const { channel, isCompact = false } = props;
  const content = contentOf(props.content);
  if (channel === "email") return <EmailPreview content={props.content} />;
  const phone = <PhonePreview {...props} />;
  return channel === "whatsapp" && content.type === "template" ? <FilledTemplate content={content} isCompact={isCompact} unknown={phone} /> : phone;
}

function PhonePreview({ channel, content, isCompact = false }: MessagePreviewProps) {
  const { t } = useTranslation();
  const words = { send_location: t("preview.send_location"), template: t("preview.template"), listen: t("preview.listen") };
  return (
    <PhoneFrame sender={t(`channel.${channel}`)} channel={channel} isCompact={isCompact}>
      <div style={{ display: "grid", gap: 8 }}>
        {shownOf(channel, content, words).map((message, index) => (
          <div key={index}>
            <PhoneMessage message={message} />
          </div>
        ))}
      </div>
    </PhoneFrame>
  );
}
