import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Link from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Chatbot, enable, useChatbots } from "../chatbots/chatbots";
import { placeOn } from "../chatbots/places";
import { ProblemText } from "../problems/ProblemText";
import { ChoiceField } from "../workspace/ChoiceField";
import { LinkTo } from "../workspace/LinkTo";
import { One } from "../workspace/One";
import { Panel } from "../workspace/Panel";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import type { Sender } from "./senders";

/** The chatbots that answer on a sender; the first of them answers whatever nothing else fits. */
export function RunningChatbots({ sender }: { sender: Sender }) {
  const mayView = useMay("chatbots.view");
  return mayView && <Places sender={sender} />;
}

function Places({ sender }: { sender: Sender }) {
  const { t } = useTranslation();
  const mayPublish = useMay("chatbots.publish");
  const found = useChatbots();
  return (
    <Panel title={t("senders.chatbots")} text={t("senders.chatbots_text")}>
      <One found={found}>
        {(chatbots) => {
          const running = chatbots.filter((chatbot) => placeOn(chatbot, sender.id));
          const others = chatbots.filter((chatbot) => chatbot.channel === sender.channel && !placeOn(chatbot, sender.id));
          return (
            <>
              {running.length === 0 && <Alert severity="info">{t("senders.no_chatbot")}</Alert>}
              {running.map((chatbot) => (
                <Runs key={chatbot.id} chatbot={chatbot} sender={sender} />
              ))}
              {mayPublish && others.length > 0 && <EnableForm chatbots={others} sender={sender} isFirst={running.length === 0} />}
              {others.length === 0 && running.length === 0 && (
                <Button component={LinkTo} href={pathTo("chatbots")}>
                  {t("work.to_chatbots")}
                </Button>
              )}
            </>
          );
        }}
      </One>
    </Panel>
  );
}

function Runs({ chatbot, sender }: { chatbot: Chatbot; sender: Sender }) {
  const { t } = useTranslation();
  return (
    <Typography>
      <Link component={LinkTo} href={pathTo("chatbots", chatbot.id)} sx={{ fontWeight: 600 }}>
        {chatbot.name}
      </Link>
      {placeOn(chatbot, sender.id)?.is_default && ` · ${t("chatbots.default_here")}`}
    </Typography>
  );
}

interface EnableFormProps {
  chatbots: readonly Chatbot[];
  sender: Sender;
  isFirst: boolean;
}

function EnableForm({ chatbots, sender, isFirst }: EnableFormProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const enabling = useMutation({ mutationFn: (id: string) => enable(id, sender.id, isFirst), onSuccess: () => setChosen(null) });
  return (
    <>
      <Stack direction="row" sx={{ gap: 1, width: "100%", maxWidth: "32rem", alignItems: "center" }}>
        <ChoiceField label={t("senders.enable_which")} value={chosen} choices={chatbots.map(({ id, name }) => ({ value: id, name }))} change={setChosen} />
        <Button variant="outlined" sx={{ flex: "none" }} disabled={chosen === null} loading={enabling.isPending} onClick={() => chosen && enabling.mutate(chosen)}>
          {t("senders.enable")}
        </Button>
      </Stack>
      <ProblemAlert error={enabling.error} />
      {enabling.data?.warnings.map((warning) => (
        <Alert key={warning.message} severity="warning">
          <ProblemText problem={warning} />
        </Alert>
      ))}
    </>
  );
}
