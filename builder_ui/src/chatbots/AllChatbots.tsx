import Add from "@mui/icons-material/Add";
import UploadFile from "@mui/icons-material/UploadFile";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FileDrop, FilePicker, useCanDrop } from "../workspace/FileDrop";
import { Listing } from "../workspace/Listing";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { ChatbotDialogs, type ChatbotDoing } from "./ChatbotDialogs";
import { useChatbots } from "./chatbots";
import { ChosenTogether } from "./together/ChosenTogether";

/** All chatbots (CB-1). A file that is dropped anywhere on the page is imported (CB-9). */
export default function AllChatbots() {
  const { t } = useTranslation();
  const mayEdit = useMay("chatbots.edit");
  const canDrop = useCanDrop();
  const chatbots = useChatbots();
  const [doing, setDoing] = useState<ChatbotDoing | null>(null);
  const take = (files: File[]) => setDoing({ what: "import", files });
  const add = mayEdit && (
    <>
      <FilePicker take={take} accept=".json,application/json" icon={<UploadFile />}>
        {t("chatbots.import")}
      </FilePicker>
      <Button variant="contained" startIcon={<Add />} onClick={() => setDoing({ what: "new" })}>
        {t("chatbots.new")}
      </Button>
    </>
  );
  const page = (
    <WorkPage title={t("sections.chatbots")} lead={t(!mayEdit ? "chatbots.lead" : canDrop ? "chatbots.lead_drop" : "chatbots.lead_choose")} actions={add}>
      <Listing found={chatbots} empty={{ title: t("chatbots.empty"), text: t("chatbots.empty_text"), next: add }}>
        {(rows) => <ChosenTogether chatbots={rows} act={setDoing} />}
      </Listing>
      {doing && <ChatbotDialogs doing={doing} taken={(chatbots.data ?? []).map(({ id }) => id)} close={() => setDoing(null)} />}
    </WorkPage>
  );
  return mayEdit ? (
    <FileDrop take={take} text={t("chatbots.drop")}>
      {page}
    </FileDrop>
  ) : (
    page
  );
}
