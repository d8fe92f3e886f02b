import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { LinkTo } from "../workspace/LinkTo";
import { Missing } from "../workspace/Missing";
import { One } from "../workspace/One";
import { pathTo } from "../workspace/sections";
import { isDrawable } from "../scenario/model";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { editorPage } from "./ahead";
import { type Draft, fileAddress, useDraft } from "./chatbots";
import { ProblemList } from "./ProblemList";
import { SendersDialog } from "./SendersDialog";
import { SettingsForm } from "./settings/SettingsForm";

const PARTS = ["canvas", "settings", "problems", "versions", "live", "answers"] as const;

const AnswersPart = lazy(() => import("./answers/AnswersPart"));
const LivePart = lazy(() => import("../live/LivePart"));
const HistoryPart = lazy(() => import("../history/HistoryPart"));
type Part = (typeof PARTS)[number];

const isPart = (part: string): part is Part => PARTS.includes(part as Part);

interface ChatbotPageProps {
  id: string;
  part: string;
  /** The step that the canvas opens. */
  step: string | undefined;
}

/** One chatbot. */
export default function ChatbotPage({ id, part, step }: ChatbotPageProps) {
  const draft = useDraft(id);
  if (part === "canvas") editorPage.load().catch(() => undefined); // it comes while the draft does; drawing it asks again
  return isPart(part) ? <One found={draft}>{(found) => <Parts draft={found} part={part} step={step} />}</One> : <Missing />;
}

function Parts({ draft, part, step }: { draft: Draft; part: Part; step: string | undefined }) {
  const { t } = useTranslation();
  const mayPublish = useMay("chatbots.publish");
  const mayRead = useMay("threads.view");
  const [isEnabling, setEnabling] = useState(false);
  const actions = (
    <>
      <Button component="a" href={fileAddress(draft.id)}>
        {t("chatbots.export")}
      </Button>
      {mayPublish && <Button onClick={() => setEnabling(true)}>{t("chatbots.enable")}</Button>}
    </>
  );
  const tabs = (
    <Box sx={{ borderBottom: 1, borderColor: "divider", flex: "none" }}>
      <Tabs value={part} variant="scrollable" allowScrollButtonsMobile={false} aria-label={t("chatbots.parts")} sx={{ minHeight: { xs: 40, sm: 48 }, "& .MuiTab-root": { minHeight: { xs: 40, sm: 48 } } }}>
        {PARTS.filter((one) => one !== "answers" || mayRead).map((one) => (
          <Tab key={one} value={one} component={LinkTo} href={pathTo("chatbots", draft.id, one)} label={t(`chatbots.part_${one}`)} />
        ))}
      </Tabs>
    </Box>
  );
  return (
    <WorkPage title={String(draft.document.name ?? draft.id)} actions={actions} tabs={tabs} isWide={part === "canvas"}>
      {part === "canvas" && <editorPage.Page draft={draft} step={step} />}
      {part === "settings" && <SettingsForm draft={draft} />}
      {part === "problems" && <ProblemList problems={draft.problems} missing={draft.missing} scenario={isDrawable(draft.document) ? draft.document : undefined} chatbot={draft.id} />}
      {part === "versions" && <HistoryPart draft={draft} />}
      {part === "live" && <LivePart id={draft.id} />}
      {part === "answers" && (mayRead ? <AnswersPart id={draft.id} /> : <Missing permission="threads.view" />)}
      {isEnabling && <SendersDialog id={draft.id} close={() => setEnabling(false)} />}
    </WorkPage>
  );
}
