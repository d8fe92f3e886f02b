import { useTranslation } from "react-i18next";
import { PhoneFrame } from "../preview/PhoneFrame";
import { PhoneMessage } from "../preview/PhoneMessage";
import type { Channel } from "./kinds";
import { shownOf } from "./shown";

interface MessagePreviewProps {
  channel: Channel;
  content: unknown;
  /** As high as what it shows, for a narrow place. */
  isCompact?: boolean;
}

/** A message as a contact's phone shows it. */
export function MessagePreview({ channel, content, isCompact = false }: MessagePreviewProps) {
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
