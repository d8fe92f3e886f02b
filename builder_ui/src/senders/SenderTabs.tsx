import Box from "@mui/material/Box";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import { useTranslation } from "react-i18next";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";

const TABS = ["senders", "sender-ids"] as const;

/** From the senders that are connected to the sender IDs that are applied for, and back. */
export function SenderTabs({ here }: { here: (typeof TABS)[number] }) {
  const { t } = useTranslation();
  return (
    <Box sx={{ borderBottom: 1, borderColor: "divider", flex: "none" }}>
      <Tabs value={here} variant="scrollable" aria-label={t("registrations.tabs")}>
        {TABS.map((tab) => (
          <Tab key={tab} value={tab} component={LinkTo} href={pathTo(tab)} label={t(`registrations.tab_${tab}`)} />
        ))}
      </Tabs>
    </Box>
  );
}
