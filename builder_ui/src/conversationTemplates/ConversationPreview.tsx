import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { channelName } from "../home/names";
import { PhoneFrame } from "../preview/PhoneFrame";
import { PhoneMessage } from "../preview/PhoneMessage";
import type { ShownMessage } from "../preview/shown";
import type { Draft } from "./draft";

/** What a contact gets: the text, then each file as a message. */
export function ConversationPreview({ draft: { channel, text, files } }: { draft: Draft }) {
  const { t } = useTranslation();
  const words: ShownMessage[] = text || files.length === 0 ? [{ body: text, buttons: [] }] : [];
  const media = files.map((asset): ShownMessage => ({ header: { kind: "document", media: { asset } }, buttons: [] }));
  return (
    <PhoneFrame sender={channel === null ? t("conversation_templates.every_channel") : channelName(channel, t)} channel={channel ?? "webchat"}>
      <Stack sx={{ gap: 1 }}>
        {[...words, ...media].map((message, index) => (
          <div key={index}>
            <PhoneMessage message={message} />
          </div>
        ))}
      </Stack>
    </PhoneFrame>
  );
}
