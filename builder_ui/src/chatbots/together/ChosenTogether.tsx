import type { GridRowSelectionModel } from "@mui/x-data-grid";
import { useState } from "react";
import type { ChatbotDoing } from "../ChatbotDialogs";
import { ChatbotTable } from "../ChatbotTable";
import type { Chatbot } from "../chatbots";
import { TogetherBar } from "./TogetherBar";
import { type Together, TogetherDialogs } from "./TogetherDialogs";

const NONE: GridRowSelectionModel = { type: "include", ids: new Set() };

/** The table, and what is done with several of its chatbots at once. */
export function ChosenTogether({ chatbots, act }: { chatbots: Chatbot[]; act: (doing: ChatbotDoing) => void }) {
  const [choice, choose] = useState(NONE);
  const [doing, setDoing] = useState<{ what: Together; chatbots: readonly Chatbot[] } | null>(null);
  const chosen = chatbots.filter(({ id }) => choice.ids.has(id));
  return (
    <>
      <ChatbotTable chatbots={chatbots} act={act} choice={choice} choose={choose} />
      <TogetherBar chosen={chosen} isAll={chosen.length === chatbots.length} act={(what) => setDoing({ what, chatbots: chosen })} clear={() => choose(NONE)} />
      {doing && <TogetherDialogs {...doing} close={() => setDoing(null)} />}
    </>
  );
}
