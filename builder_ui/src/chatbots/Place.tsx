import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { KeptRoom } from "../canvas/KeptRoom";
import { ProblemText } from "../problems/ProblemText";
import type { Sender } from "../senders/senders";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { ChatLink } from "./ChatLink";
import { type Chatbot, disable, enable, useChatbots, useDraft } from "./chatbots";
import { isBegun, placeOn } from "./places";

interface PlaceProps {
  chatbot: Chatbot;
  sender: Sender;
}

/** One sender: whether the chatbot runs there, and whether it is the one that answers when no other does. */
export function Place({ chatbot, sender }: PlaceProps) {
  const { t } = useTranslation();
  const helpId = useId();
  const { place, isDefault, other, takenFrom, turning, giving } = usePlace(chatbot, sender);
  const help = other && t("chatbots.answers_rest_now", { name: other.name });
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
            slotProps={{ input: { "aria-describedby": help && helpId } }}
          />
        }
        label={t("chatbots.answers_rest")}
        sx={{ ml: 4, gap: 0.5 }}
      />
      <KeptRoom>
        {help && (
          <FormHelperText component="span" id={helpId} sx={{ display: "block", ml: 10.5, mt: 0 }}>
            {help}
          </FormHelperText>
        )}
      </KeptRoom>
      {takenFrom && <Taken from={takenFrom} sender={sender} giveBack={giving.mutate} isGiving={giving.isPending} />}
      {chatbot.newest_version > 0 && <Way sender={sender} isThere={place !== undefined} begins={isBegun(chatbot, sender.id)} />}
      <ProblemAlert error={turning.error ?? giving.error} />
      {turning.data?.map((warning) => (
        <Alert key={warning.message} severity="warning">
          <ProblemText problem={warning} />
        </Alert>
      ))}
    </Stack>
  );
}

/** What a chatbot is on a sender, and how that is changed. */
function usePlace(chatbot: Chatbot, sender: Sender) {
  const settings = useDraft(chatbot.id).data?.document.settings as { is_default?: boolean } | undefined;
  const { data: chatbots, refetch } = useChatbots();
  const defaultNow = chatbots?.find((one) => placeOn(one, sender.id)?.is_default);
  const other = defaultNow?.id === chatbot.id ? undefined : defaultNow;
  const [wish, setWish] = useState<boolean | null>(null);
  const [taken, setTaken] = useState<Chatbot | null>(null);
  const place = placeOn(chatbot, sender.id);
  const scope = { id: `place ${sender.id}` }; // one after the other, however quickly they are pressed
  const giving = useMutation({ scope, mutationFn: (back: Chatbot) => enable(back.id, sender.id, true), onMutate: () => startGiving() });
  const turning = useMutation({
    scope,
    mutationFn: async ({ runs, isDefault }: { runs: boolean; isDefault: boolean }) => {
      setWish(isDefault);
      const warnings = runs ? (await enable(chatbot.id, sender.id, isDefault)).warnings : [];
      if (!runs) await disable(chatbot.id, sender.id);
      else if (isDefault && other) setTaken(other);
      await refetch(); // until then the switches show what was wished
      return warnings;
    },
    onMutate: () => giving.reset(),
  });
  const startGiving = () => {
    setWish(false);
    turning.reset();
  };
  const isDefault = (turning.isPending ? wish : place?.is_default) ?? wish ?? (settings?.is_default === true && !defaultNow);
  return { place, isDefault, other, takenFrom: taken?.id === defaultNow?.id ? null : taken, turning, giving };
}

interface TakenProps {
  from: Chatbot;
  sender: Sender;
  giveBack: (to: Chatbot) => void;
  isGiving: boolean;
}

/** Another chatbot answers there no more, or only to its words: that is told until it is given back, by one press. */
function Taken({ from, sender, giveBack, isGiving }: TakenProps) {
  const { t } = useTranslation();
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => {
    told.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const undo = (
    <Button color="inherit" size="small" loading={isGiving} onClick={() => giveBack(from)}>
      {t("chatbots.give_back")}
    </Button>
  );
  return (
    <Alert ref={told} severity="warning" role="status" action={undo} sx={{ my: 0.5 }}>
      {t(from.keywords.trigger?.length ? "chatbots.taken_but_words" : "chatbots.taken_from", { name: from.name, sender: sender.name })}
    </Alert>
  );
}

/** How one chats with it there, where that is on the web; its room is there before it is. */
function Way({ sender, isThere, begins }: Pick<PlaceProps, "sender"> & { isThere: boolean; begins: boolean }) {
  const { t } = useTranslation();
  if (isThere && !begins) return <FormHelperText sx={{ ml: 6 }}>{t("chatbots.nothing_starts")}</FormHelperText>;
  if (sender.channel !== "webchat") return null;
  return (
    <Box sx={{ ml: 6, mt: 0.5 }}>
      <ChatLink sender={sender} isSeen={isThere} />
    </Box>
  );
}
