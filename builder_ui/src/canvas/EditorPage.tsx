import { ReactFlowProvider } from "@xyflow/react";
import Alert from "@mui/material/Alert";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Draft } from "../chatbots/chatbots";
import { queries } from "../api/queries";
import { isDrawable, type Scenario } from "../scenario/model";
import { useMe } from "../workspace/session";
import { EditorProvider } from "./editor";
import { sessionOf } from "./sessions";
import { Workbench } from "./Workbench";

interface EditorPageProps {
  draft: Draft;
  /** The step that is opened as one comes; left out: the begin of the scenario is shown. */
  step?: string | undefined;
}

/** The visual editor of one chatbot (ED-1). */
export default function EditorPage({ draft, step }: EditorPageProps) {
  const { t } = useTranslation();
  if (!isDrawable(draft.document)) return <Alert severity="warning">{t("canvas.not_drawable")}</Alert>;
  return <Drawable draft={draft} scenario={draft.document} step={step} />;
}

function Drawable({ draft, scenario, step }: EditorPageProps & { scenario: Scenario }) {
  const me = useMe();
  // what others do meanwhile is told by the saver
  const [{ editor, saver }] = useState(() => sessionOf(me.id, draft, scenario));
  useEffect(() => {
    const hurry = () => saver.hurry();
    addEventListener("online", hurry);
    return () => {
      removeEventListener("online", hurry);
      hurry();
      void queries.invalidateQueries({ queryKey: ["chatbots"] });
    };
  }, [saver]);
  return (
    <EditorProvider value={editor}>
      <ReactFlowProvider>
        <Workbench saver={saver} id={draft.id} step={step} />
      </ReactFlowProvider>
    </EditorProvider>
  );
}
