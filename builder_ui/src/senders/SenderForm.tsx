import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PageForm } from "../workspace/PageForm";
import { Panel } from "../workspace/Panel";
import { useMay } from "../workspace/session";
import { tell } from "../workspace/toasts";
import { SenderFields } from "./SenderFields";
import { bodyOf, type SenderValues, valuesOf } from "./senderValues";
import { type Adapter, changeSender, type Sender } from "./senders";

/** The settings of a sender that is there. Typed secrets go once they are saved. */
export function SenderForm({ adapter, sender }: { adapter: Adapter; sender: Sender }) {
  const { t } = useTranslation();
  const mayEdit = useMay("senders.edit");
  const [changed, setChanged] = useState<SenderValues | null>(null);
  const values = changed ?? valuesOf(adapter, sender);
  const saving = useMutation({
    mutationFn: () => changeSender(sender.id, bodyOf(adapter, values)),
    onSuccess: ({ name }) => {
      setChanged(null);
      tell("success", t("senders.saved", { name }));
    },
  });
  return (
    <Panel title={t("senders.settings")}>
      <PageForm label={t("senders.settings")} verb={t("work.save")} saving={saving} isReady={changed !== null} isChanged={changed !== null} mayEdit={mayEdit}>
        <SenderFields adapter={adapter} values={values} change={setChanged} error={saving.error} secrets={sender.secrets} disabled={!mayEdit} />
      </PageForm>
    </Panel>
  );
}
