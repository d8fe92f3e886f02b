import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { KeptRoom } from "../canvas/KeptRoom";
import { ProblemText } from "../problems/ProblemText";
import { type Sender, useSenders } from "../senders/senders";
import { Waiting } from "../workspace/Gate";
import { Listing } from "../workspace/Listing";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { ChatLink } from "./ChatLink";
import { type Chatbot, disable, enable, useChatbots, useDraft } from "./chatbots";
import { asOrdered, inOrder, placeOn } from "./places";
import { useReadAnew } from "./useReadAnew";

/** Where a chatbot runs, where it is the default one (CB-5, CB-10), and where one can chat with it. Each switch holds at once. */
export function SenderPlaces({ chatbot }: { chatbot: Chatbot }) {
  const { t } = useTranslation();
  const senders = useSenders();
  // the order is fixed as soon as it is seen: not from what was remembered
  const isRead = useReadAnew(senders, useChatbots());
  const fitting = { ...senders, data: senders.data?.filter((sender) => sender.channel === chatbot.channel) } as typeof senders;
  return (
    <Listing found={fitting} empty={{ title: t("chatbots.no_sender"), text: t("chatbots.no_sender_text") }}>
      {(rows) => (isRead ? <Places chatbot={chatbot} senders={rows} /> : <Waiting />)}
    </Listing>
  );
}

/** What is looked for comes first. The order stays as it was found: nothing jumps when a switch is pressed. */
function Places({ chatbot, senders }: { chatbot: Chatbot; senders: Sender[] }) {
  const all = useChatbots().data ?? [];
  const [order] = useState(() => inOrder(senders, chatbot, all).map(({ id }) => id));
  return asOrdered(senders, order).map((sender) => <Place key={sender.id} chatbot={chatbot} sender={sender} />);
}

interface PlaceProps {
  chatbot: Chatbot;
  sender: Sender;
}

function Place({ chatbot, sender }: PlaceProps) {
  const { t } = useTranslation();
  const helpId = useId();
  const settings = useDraft(chatbot.id).data?.document.settings as { is_default?: boolean } | undefined;
  const defaultNow = useChatbots().data?.find((one) => placeOn(one, sender.id)?.is_default);
  const [wish, setWish] = useState<boolean | null>(null);
  const place = placeOn(chatbot, sender.id);
  const isDefault = place?.is_default ?? wish ?? (settings?.is_default === true && !defaultNow);
  const turning = useMutation({
    mutationFn: async (wanted: { runs: boolean; isDefault: boolean }) => {
      setWish(wanted.isDefault);
      if (wanted.runs) return (await enable(chatbot.id, sender.id, wanted.isDefault)).warnings;
      await disable(chatbot.id, sender.id);
      return [];
    },
  });
  const other = defaultNow && defaultNow.id !== chatbot.id ? t("chatbots.answers_rest_now", { name: defaultNow.name }) : undefined;
  return (
    <Stack sx={{ py: 1, borderBottom: 1, borderColor: "divider" }}>
      <FormControlLabel
        control={<Switch checked={place !== undefined} onChange={(_, runs) => turning.mutate({ runs, isDefault })} />}
        label={t("chatbots.runs_on", { sender: sender.name })}
      />
      <FormControlLabel
        control={
          <Switch
            size="small"
            checked={isDefault}
            disabled={!place}
            onChange={(_, chosen) => turning.mutate({ runs: true, isDefault: chosen })}
            slotProps={{ input: { "aria-describedby": other && helpId } }}
          />
        }
        label={t("chatbots.answers_rest")}
        sx={{ ml: 4, gap: 0.5 }}
      />
      <KeptRoom>
        {other && (
          <FormHelperText component="span" id={helpId} sx={{ display: "block", ml: 10.5, mt: 0 }}>
            {other}
          </FormHelperText>
        )}
      </KeptRoom>
      {chatbot.newest_version > 0 && <Way sender={sender} isThere={place !== undefined} isBegun={place?.is_default || Boolean(chatbot.keywords.trigger?.length)} />}
      <ProblemAlert error={turning.error} />
      {turning.data?.map((warning) => (
        <Alert key={warning.message} severity="warning">
          <ProblemText problem={warning} />
        </Alert>
      ))}
    </Stack>
  );
}

/** How one chats with it there, where that is on the web; its room is there before it is. */
function Way({ sender, isThere, isBegun }: Pick<PlaceProps, "sender"> & { isThere: boolean; isBegun: boolean }) {
  const { t } = useTranslation();
  if (isThere && !isBegun) return <FormHelperText sx={{ ml: 6 }}>{t("chatbots.nothing_starts")}</FormHelperText>;
  if (sender.channel !== "webchat") return null;
  return (
    <Box sx={{ ml: 6, mt: 0.5 }}>
      <ChatLink sender={sender} isSeen={isThere} />
    </Box>
  );
}
