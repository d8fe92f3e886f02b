import Button from "@mui/material/Button";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { move } from "../router";
import { useRegistration } from "../registrations/registrations";
import { LinkTo } from "../workspace/LinkTo";
import { Missing } from "../workspace/Missing";
import { One } from "../workspace/One";
import { PageForm } from "../workspace/PageForm";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { tell } from "../workspace/toasts";
import { WorkPage } from "../workspace/WorkPage";
import { aboutAdapter } from "./adapterWords";
import { SenderFields } from "./SenderFields";
import { bodyOf, newValues } from "./senderValues";
import { type Adapter, connectSender, useAdapters } from "./senders";

interface ConnectPageProps {
  /** Of the adapter. */
  name: string;
  /** The approved application that is to become a sender. */
  registration?: string;
}

/** The second step to a new sender: what the vendor needs to be told. */
export function ConnectPage({ name, registration }: ConnectPageProps) {
  const mayEdit = useMay("senders.edit");
  const adapters = useAdapters();
  if (!mayEdit) return <Missing permission="senders.edit" />;
  return (
    <One found={adapters}>
      {(all) => {
        const adapter = all.find((one) => one.name === name);
        if (!adapter) return <Missing />;
        return registration === undefined ? <ConnectForm adapter={adapter} /> : <ConnectRegistered adapter={adapter} id={registration} />;
      }}
    </One>
  );
}

function ConnectRegistered({ adapter, id }: { adapter: Adapter; id: string }) {
  return <One found={useRegistration(id)}>{({ name, identity }) => <ConnectForm adapter={adapter} name={name} identity={identity} />}</One>;
}

function ConnectForm({ adapter, name = "", identity = "" }: { adapter: Adapter; name?: string; identity?: string }) {
  const { t } = useTranslation();
  const [first] = useState(() => ({ ...newValues(adapter, name), identity }));
  const [values, setValues] = useState(first);
  const saving = useMutation({
    mutationFn: () => connectSender(bodyOf(adapter, values)),
    onSuccess: ({ id, name }) => {
      tell("success", t("senders.connected", { name }));
      move(pathTo("senders", id));
    },
  });
  const another = (
    <Button component={LinkTo} href={pathTo("senders", "new")}>
      {t("senders.another_way")}
    </Button>
  );
  return (
    <WorkPage title={t("senders.connect_title", { adapter: adapter.title })} lead={aboutAdapter(adapter.name, t)} actions={another}>
      <PageForm label={adapter.title} verb={t("senders.connect")} saving={saving} isChanged={values !== first}>
        <SenderFields adapter={adapter} values={values} change={setValues} error={saving.error} isNew />
      </PageForm>
    </WorkPage>
  );
}
