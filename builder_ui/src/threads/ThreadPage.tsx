import Box from "@mui/material/Box";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SectionProps } from "../workspace/sections";
import { Missing } from "../workspace/Missing";
import { One } from "../workspace/One";
import { WorkPage } from "../workspace/WorkPage";
import { shortened } from "./addresses";
import { ThreadActions } from "./ThreadActions";
import { ThreadFacts } from "./ThreadFacts";
import { ThreadGraph } from "./ThreadGraph";
import { type Thread, type Turn, useThread, useTurns } from "./threads";
import { TurnDetails } from "./TurnDetails";
import { TurnList } from "./TurnList";

/** One run of a chatbot: how it is, and turn by turn how it came to that (TH-2, TH-3, ED-6). */
export default function ThreadPage({ rest: [id, ...more] }: SectionProps) {
  return id && more.length === 0 ? <Inspected key={id} id={id} /> : <Missing />;
}

function Inspected({ id }: { id: string }) {
  const thread = useThread(id);
  return <One found={thread}>{(found) => <Shown thread={found} />}</One>;
}

function Shown({ thread }: { thread: Thread }) {
  const { t } = useTranslation();
  const turns = useTurns(thread.id, thread.turns);
  const [step, chooseStep] = useState<string | null>(null);
  return (
    <WorkPage title={t("inspector.title", { contact: shortened(thread.to) })} actions={<ThreadActions thread={thread} step={step} />}>
      <ThreadFacts thread={thread} />
      <One found={turns}>{(found) => <Replay thread={thread} turns={found} step={step} chooseStep={chooseStep} />}</One>
    </WorkPage>
  );
}

interface ReplayProps {
  thread: Thread;
  turns: readonly Turn[];
  /** The step that was pressed on the graph. */
  step: string | null;
  chooseStep: (step: string) => void;
}

/** The turns beside the graph; the way of the chosen one is lit. Without a choice it is the last, also when more come. */
function Replay({ thread, turns, step, chooseStep }: ReplayProps) {
  const [chosen, choose] = useState<number | null>(null);
  const turn = turns.find(({ number }) => number === chosen) ?? turns.at(-1);
  if (!turn) return null;
  const isLast = turn === turns.at(-1);
  return (
    <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "minmax(280px, 360px) minmax(0, 1fr)" }, alignItems: "start" }}>
      <TurnList turns={turns} chosen={turn.number} choose={choose} />
      <Box sx={{ minWidth: 0 }}>
        <ThreadGraph turns={turns} turn={turn} here={isLast ? thread.node : null} step={step} choose={chooseStep} />
        <TurnDetails turn={turn} />
      </Box>
    </Box>
  );
}
