import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { JsonInput } from "../canvas/JsonInput";
import { Choice } from "./fields/Choice";
import { ObjectFields } from "./fields/ObjectFields";
import { type Channel, objectOf, typesOf } from "./kinds";
import { asType } from "./making";
import { useWords } from "./useWords";
import { type Content, contentOf, textOf } from "./values";

interface MessageFormProps {
  channel: Channel;
  content: unknown;
  change: (content: Content) => void;
}

/** What a message of a channel is made of. Problems inside are those of the place that it stands within. */
export function MessageForm({ channel, content, change }: MessageFormProps) {
  const { t } = useTranslation();
  const value = contentOf(content);
  const name = objectOf(channel, value.type);
  return (
    <Stack sx={{ gap: 2 }}>
      <TypeChoice channel={channel} value={value} change={change} />
      {name ? (
        <ObjectFields key={name} name={name} value={value} change={change} />
      ) : (
        <JsonInput label={t("messages.as_json")} value={value} read={(typed) => typed as Content} change={change} />
      )}
    </Stack>
  );
}

/** Which kind of message it is; what fits stays when it is changed. */
function TypeChoice({ channel, value, change }: { channel: Channel; value: Content; change: (content: Content) => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const types = typesOf(channel);
  if (types.length === 1 && value.type === types[0]) return null;
  const options = types.map((type) => ({ value: type, label: t(`messages.types.${type}` as "messages.types.text") }));
  return <Choice label={t("messages.type")} field="type" value={textOf(value.type)} options={options} choose={(type) => change(asType(channel, type, value, words))} />;
}
