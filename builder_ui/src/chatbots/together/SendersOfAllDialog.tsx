import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import FormControlLabel from "@mui/material/FormControlLabel";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { type Sender, useSenders } from "../../senders/senders";
import { Listing } from "../../workspace/Listing";
import { type Chatbot, disable, enable, useChatbots } from "../chatbots";
import { Failures } from "./Failures";
import { doneOf } from "./oneByOne";
import type { TogetherProps } from "./TogetherDialogs";
import { useOneByOne } from "./useOneByOne";

/** On which senders several chatbots run (CB-10): a box for each sender, which holds at once. */
export function SendersOfAllDialog({ chatbots, close }: TogetherProps) {
  const { t } = useTranslation();
  const senders = useSenders();
  const fitting = { ...senders, data: senders.data?.filter(({ channel }) => chatbots.some((chatbot) => chatbot.channel === channel)) } as typeof senders;
  return (
    <Dialog open onClose={close} aria-labelledby="senders-of-all-title">
      <DialogTitle id="senders-of-all-title">{t("together.senders_title", { count: chatbots.length })}</DialogTitle>
      <DialogContent>
        <Typography sx={{ color: "text.secondary", mb: 1 }}>{t("together.senders_text")}</Typography>
        <Listing found={fitting} empty={{ title: t("chatbots.no_sender"), text: t("chatbots.no_sender_text") }}>
          {(rows) => rows.map((sender) => <Place key={sender.id} sender={sender} chosen={chatbots.filter(({ channel }) => channel === sender.channel)} />)}
        </Listing>
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t("work.close")}</Button>
      </DialogActions>
    </Dialog>
  );
}

/** One sender: ticked where all run, half ticked where some do. Those that run there stay what they are there. */
function Place({ sender, chosen }: { sender: Sender; chosen: readonly Chatbot[] }) {
  const { t } = useTranslation();
  const known = useChatbots().data ?? chosen;
  const { outcomes, isRunning, run } = useOneByOne<Schemas["ProblemView"][]>();
  const resting = chosen.map(({ id }) => id).filter((id) => !runsOn(known, id, sender.id));
  const running = chosen.length - resting.length;
  const turnOn = async (id: string) => (await enable(id, sender.id, false)).warnings;
  const turnOff = async (id: string) => (await disable(id, sender.id), []);
  const turn = () => void (resting.length ? run(resting, turnOn) : run(chosen.map(({ id }) => id), turnOff));
  const warnings = new Set(outcomes && doneOf(outcomes).flat().map(({ message }) => message));
  return (
    <Stack sx={{ py: 1, borderBottom: 1, borderColor: "divider" }}>
      <FormControlLabel
        control={<Checkbox checked={resting.length === 0} indeterminate={running > 0 && resting.length > 0} disabled={isRunning} onChange={turn} />}
        label={t("together.run_on", { running, count: chosen.length, sender: sender.name })}
      />
      {outcomes && !isRunning && <Failures chatbots={chosen} outcomes={outcomes} done="together.switched" />}
      {[...warnings].map((warning) => (
        <Alert key={warning} severity="warning" sx={{ mt: 1 }}>
          {warning}
        </Alert>
      ))}
    </Stack>
  );
}

const runsOn = (chatbots: readonly Chatbot[], id: string, sender: string) => chatbots.some((one) => one.id === id && one.senders.some((place) => place.sender === sender));
