import Alert from "@mui/material/Alert";
import FormControlLabel from "@mui/material/FormControlLabel";
import Paper from "@mui/material/Paper";
import Switch from "@mui/material/Switch";
import { useTranslation } from "react-i18next";
import { type Channel, isChannel, typesOf } from "../../messages/kinds";
import { newMessage } from "../../messages/making";
import { MessageForm } from "../../messages/MessageForm";
import { useWords } from "../../messages/useWords";
import { type Content, contentOf } from "../../messages/values";
import { isPlaced } from "../../workspace/places";
import type { RESPONSES } from "./consent";

interface ResponseFieldProps {
  name: (typeof RESPONSES)[number];
  channel: string;
  content: unknown;
  change: (content: Content | null) => void;
  error: unknown;
  disabled: boolean;
}

/** What is answered, or that nothing is. */
export function ResponseField({ name, channel, content, change, error, disabled }: ResponseFieldProps) {
  const { t } = useTranslation();
  const words = useWords();
  if (!isChannel(channel)) return null;
  const isOn = content !== null && content !== undefined;
  const turn = (on: boolean) => change(on ? newMessage(channel as Channel, typesOf(channel)[0]!, words) : null);
  const wrong = isPlaced(error) ? error.places.filter(({ pointer }) => pointer === `/${name}`) : [];
  return (
    <div>
      <FormControlLabel control={<Switch checked={isOn} disabled={disabled} onChange={(_, on) => turn(on)} />} label={t(`sender_consent.${name}`)} />
      {isOn && (
        <Paper variant="outlined" sx={{ p: 2 }}>
          {wrong.map(({ detail }) => (
            <Alert key={detail} severity="error" sx={{ mb: 2 }}>
              {detail}
            </Alert>
          ))}
          <fieldset disabled={disabled} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
            <MessageForm channel={channel} content={contentOf(content)} change={change} />
          </fieldset>
        </Paper>
      )}
    </div>
  );
}
