import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import CardActionArea from "@mui/material/CardActionArea";
import CardContent from "@mui/material/CardContent";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { channelName } from "../home/names";
import { LinkTo } from "../workspace/LinkTo";
import { Missing } from "../workspace/Missing";
import { One } from "../workspace/One";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { aboutAdapter } from "./adapterWords";
import { type Adapter, useAdapters } from "./senders";

/** The first step to a new sender: how its messages travel. */
export function AdapterPage() {
  const { t } = useTranslation();
  const mayEdit = useMay("senders.edit");
  const adapters = useAdapters();
  if (!mayEdit) return <Missing permission="senders.edit" />;
  return (
    <WorkPage title={t("senders.choose")} lead={t("senders.choose_lead")}>
      <One found={adapters}>{(all) => channelsOf(all).map((channel) => <Channel key={channel} channel={channel} adapters={all} />)}</One>
    </WorkPage>
  );
}

const channelsOf = (adapters: readonly Adapter[]) => [...new Set(adapters.map(({ channel }) => channel))];

function Channel({ channel, adapters }: { channel: string; adapters: readonly Adapter[] }) {
  const { t } = useTranslation();
  const heading = `channel-${channel}`;
  return (
    <Box component="section" aria-labelledby={heading}>
      <Typography id={heading} variant="h2" sx={{ mb: 1 }}>
        {channelName(channel, t)}
      </Typography>
      <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: "repeat(auto-fill, minmax(min(18rem, 100%), 1fr))" }}>
        {adapters.filter((one) => one.channel === channel).map((adapter) => (
          <AdapterCard key={adapter.name} adapter={adapter} />
        ))}
      </Box>
    </Box>
  );
}

function AdapterCard({ adapter }: { adapter: Adapter }) {
  const { t } = useTranslation();
  return (
    <Card variant="outlined">
      <CardActionArea component={LinkTo} href={pathTo("senders", "new", adapter.name)} sx={{ height: "100%" }}>
        <CardContent>
          <Typography component="h3" variant="h3">
            {adapter.title}
          </Typography>
          <Typography variant="body2" sx={{ color: "text.secondary", mt: 0.5 }}>
            {aboutAdapter(adapter.name, t)}
          </Typography>
        </CardContent>
      </CardActionArea>
    </Card>
  );
}
