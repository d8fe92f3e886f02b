import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useTranslation } from "react-i18next";
import { Composer } from "../chat/Composer";
import { useEditor } from "../canvas/editor";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { ChatLog } from "./ChatLog";
import { ChatTools } from "./ChatTools";
import { useTrial, useTrying } from "./current";
import { CannotRun } from "./CannotRun";
import { Unanswered } from "./Unanswered";
import styles from "./Trying.module.css";

/** A chat with the draft, in the look of its channel. */
export function ChatPart({ isEditing, go }: { isEditing: boolean; go: (id: string) => void }) {
  const { t } = useTranslation();
  const trial = useTrial();
  const error = useTrying((state) => state.error);
  const stopped = useTrying(({ tried }) => tried?.stopped ?? null);
  const channel = useEditor(({ scenario }) => scenario.channel);
  return (
    <>
      <ChatTools isEditing={isEditing} />
      <CannotRun go={go} />
      <Unanswered />
      {error !== null && (
        <>
          <ProblemAlert error={error as Error} />
          <Button onClick={() => void trial.replay()}>{t("work.again")}</Button>
        </>
      )}
      {stopped !== null && <Alert severity="warning">{stopped}</Alert>}
      <div className={styles.chat} data-channel={channel}>
        <ChatLog go={go} />
        <Composer send={(text) => trial.happen({ in: text })} autoFocus />
      </div>
    </>
  );
}
