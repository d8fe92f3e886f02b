import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { move } from "../router";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { tell } from "../workspace/toasts";
import { BeginDialog } from "./BeginDialog";
import { act, type Deed, deedsOf, type Thread } from "./threads";

/** What an operator can do with a thread (TH-2). `step`: the one that was pressed on the graph. */
export function ThreadActions({ thread, step }: { thread: Thread; step: string | null }) {
  const { t } = useTranslation();
  const mayAct = useMay("threads.act");
  const [asked, ask] = useState<Deed | "begin" | null>(null);
  if (!mayAct) return null;
  const close = () => ask(null);
  const run = async (deed: Deed) => {
    const { thread: now } = await act(thread.id, deed);
    tell("success", t(`inspector.${deed}_done`));
    if (now && now !== thread.id) move(pathTo("threads", now));
  };
  return (
    <>
      {deedsOf(thread).map((deed) => (
        <Button key={deed} onClick={() => ask(deed)}>
          {t(`inspector.${deed}`)}
        </Button>
      ))}
      <Button onClick={() => ask("begin")}>{t("inspector.begin")}</Button>
      {asked === "begin" && <BeginDialog thread={thread} step={step} close={close} />}
      {asked !== null && asked !== "begin" && (
        <ConfirmDialog title={t(`inspector.${asked}_title`)} text={t(`inspector.${asked}_text`)} verb={t(`inspector.${asked}`)} run={() => run(asked)} close={close} />
      )}
    </>
  );
}
