import Chip from "@mui/material/Chip";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { useChatbots } from "../chatbots/chatbots";
import { useSenders } from "../senders/senders";
import { useImpact } from "./versions";

interface RunningMarkProps {
  id: string;
  number: number;
  isNewest: boolean;
}

/** Where a version runs: new chats begin in the newest one, on every sender; others may have chats that go on. */
export function RunningMark({ id, number, isNewest }: RunningMarkProps) {
  const { t } = useTranslation();
  const places = useSendersOf(id);
  const threads = useImpact(id).data?.running.find(({ version }) => version === number)?.threads ?? 0;
  const isOn = isNewest && places !== null && places.length > 0;
  const words = [isOn && t("history.on", { senders: places.join(", ") }), isNewest && places?.length === 0 && t("history.nowhere"), threads > 0 && t("history.threads", { count: threads })].filter(Boolean);
  if (!words.length) return null;
  return (
    <Stack component="span" direction="row" sx={{ gap: 1, alignItems: "baseline", flexWrap: "wrap", my: 0.5 }}>
      {isOn ? <Chip component="span" size="small" color="success" label={t("history.running")} /> : threads > 0 && <Chip component="span" size="small" variant="outlined" label={t("history.going_on")} />}
      <Typography component="span" variant="body2">
        {words.join(" · ")}
      </Typography>
    </Stack>
  );
}

/** The names of the senders that a chatbot runs on; null: they are not known yet. */
function useSendersOf(id: string): string[] | null {
  const places = useChatbots().data?.find((chatbot) => chatbot.id === id)?.senders;
  const names = new Map(useSenders().data?.map((sender) => [sender.id, sender.name]));
  return places?.map(({ sender }) => names.get(sender) ?? sender) ?? null;
}
