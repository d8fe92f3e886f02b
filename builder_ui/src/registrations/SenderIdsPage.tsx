import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { channelName } from "../home/names";
import { SenderTabs } from "../senders/SenderTabs";
import { STATUSES } from "../senders/senderValues";
import { useSenders } from "../senders/senders";
import { ChoiceField } from "../workspace/ChoiceField";
import { EmptyState } from "../workspace/EmptyState";
import { LinkTo } from "../workspace/LinkTo";
import { One } from "../workspace/One";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { useRegistrations } from "./registrations";
import { matching, type SenderId, senderIds, type Wanted } from "./senderIds";
import { SenderIdTable } from "./SenderIdTable";

const ANY: Wanted = { channel: null, status: null };
const WIDTH = { width: { xs: "100%", sm: "12rem" } };

/** The sender IDs of all channels: applied for, and connected (AS-2). */
export function SenderIdsPage() {
  const { t } = useTranslation();
  const mayEdit = useMay("senders.edit");
  const registrations = useRegistrations();
  const senders = useSenders();
  const apply = mayEdit && (
    <>
      {(["sms", "rcs"] as const).map((channel) => (
        <Button key={channel} variant="contained" startIcon={<Add />} component={LinkTo} href={pathTo("sender-ids", "new", channel)}>
          {t("registrations.apply", { channel: channelName(channel, t) })}
        </Button>
      ))}
    </>
  );
  return (
    <WorkPage title={t("registrations.title")} lead={t("registrations.lead")} actions={apply}>
      <SenderTabs here="sender-ids" />
      <One found={registrations}>{(applied) => <One found={senders}>{(connected) => <Listed ids={senderIds(applied, connected)} />}</One>}</One>
    </WorkPage>
  );
}

function Listed({ ids }: { ids: SenderId[] }) {
  const { t } = useTranslation();
  const [wanted, want] = useState(ANY);
  if (ids.length === 0) return <EmptyState title={t("registrations.empty")} text={t("registrations.empty_text")} />;
  const found = matching(ids, wanted);
  const channels = [...new Set(ids.map(({ channel }) => channel))].sort();
  return (
    <>
      <Stack role="search" aria-label={t("registrations.filters")} direction="row" sx={{ gap: 1.5, flexWrap: "wrap", alignItems: "center" }}>
        <ChoiceField label={t("senders.channel")} value={wanted.channel} none={t("registrations.all")} choices={channels.map((value) => ({ value, name: channelName(value, t) }))} change={(channel) => want({ ...wanted, channel })} sx={WIDTH} />
        <ChoiceField label={t("registrations.status")} value={wanted.status} none={t("registrations.all")} choices={STATUSES.map((value) => ({ value, name: t(`sender_status.${value}`) }))} change={(status) => want({ ...wanted, status })} sx={WIDTH} />
      </Stack>
      {found.length > 0 ? (
        <SenderIdTable ids={found} />
      ) : (
        <EmptyState title={t("registrations.no_match")} text={t("registrations.no_match_text")}>
          <Button onClick={() => want(ANY)}>{t("registrations.show_all")}</Button>
        </EmptyState>
      )}
    </>
  );
}
