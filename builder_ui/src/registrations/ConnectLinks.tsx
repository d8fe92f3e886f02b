import Cable from "@mui/icons-material/Cable";
import Button from "@mui/material/Button";
import { useTranslation } from "react-i18next";
import { useAdapters, useSenders } from "../senders/senders";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";
import type { Registration } from "./draft";
import { senderOf } from "./senderIds";

/** From an approved application to its sender: the one that is connected, or the ways to connect it. */
export function ConnectLinks({ registration }: { registration: Registration }) {
  const { t } = useTranslation();
  const senders = useSenders().data;
  const adapters = useAdapters().data?.filter(({ channel }) => channel === registration.channel);
  if (!senders || !adapters) return null;
  const sender = senderOf(registration, senders);
  if (sender)
    return (
      <Button size="small" variant="outlined" color="inherit" component={LinkTo} href={pathTo("senders", sender.id)}>
        {t("registrations.to_sender")}
      </Button>
    );
  return adapters.map(({ name, title }) => (
    <Button key={name} size="small" variant="contained" startIcon={<Cable />} component={LinkTo} href={pathTo("senders", "new", name, registration.id)}>
      {adapters.length > 1 ? t("registrations.connect_through", { adapter: title }) : t("registrations.connect")}
    </Button>
  ));
}
