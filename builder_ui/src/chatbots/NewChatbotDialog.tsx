import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { navigate } from "../router";
import { FormDialog } from "../workspace/FormDialog";
import { pathTo } from "../workspace/sections";
import { importFile, useExamples } from "./chatbots";
import { ExampleGallery } from "./ExampleGallery";
import { suggestedId } from "./ids";
import { CHANNELS, type Channel, newChatbot } from "./newChatbot";

/** A new chatbot: from nothing, or from an example (ED-5). */
export function NewChatbotDialog({ taken, close }: { taken: readonly string[]; close: () => void }) {
  const { t, i18n } = useTranslation();
  const examples = useExamples();
  const [example, setExample] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [channel, setChannel] = useState<Channel>("webchat");
  const chosen = examples.data?.items.find((one) => one.id === example);
  const title = name || chosen?.name || "";
  const id = suggestedId(title, taken);
  const file = chosen
    ? { ...chosen.document, id, name: title }
    : newChatbot({ id, name, channel, language: i18n.language, greeting: t("chatbots.greeting"), label: t("chatbots.greet") });
  const making = useMutation({
    mutationFn: () => importFile({ file }),
    onSuccess: () => {
      close();
      navigate(pathTo("chatbots", id));
    },
  });
  return (
    <FormDialog title={t("chatbots.new")} verb={t("chatbots.make")} saving={making} close={close} isReady={title !== ""}>
      <ExampleGallery examples={examples.data?.items ?? []} chosen={example} choose={setExample} />
      <TextField
        label={t("chatbots.name")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoFocus
        required
        {...(chosen && { placeholder: chosen.name })}
        helperText={title ? t("chatbots.id_is", { id }) : t("chatbots.name_help")}
      />
      {example === null && (
        <TextField select label={t("chatbots.channel")} value={channel} onChange={(event) => setChannel(event.target.value as Channel)}>
          {CHANNELS.map((one) => (
            <MenuItem key={one} value={one}>
              {t(`channel.${one}`)}
            </MenuItem>
          ))}
        </TextField>
      )}
    </FormDialog>
  );
}
