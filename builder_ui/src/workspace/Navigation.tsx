import Box from "@mui/material/Box";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemButton from "@mui/material/ListItemButton";
import ListItemIcon from "@mui/material/ListItemIcon";
import ListItemText from "@mui/material/ListItemText";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { ROUTES } from "../router";
import { AccountMenu } from "./account/AccountMenu";
import { LinkTo } from "./LinkTo";
import styles from "./Navigation.module.css";
import { type ListedSection, pathTo, SECTIONS, sectionOf } from "./sections";
import { useMe } from "./session";

/** Where one can go, and who one is. */
export function Navigation({ path, moved }: { path: string; moved: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const mine = SECTIONS.filter((section) => me.permissions.includes(section.permission));
  const here = sectionOf(path)?.section;
  const groups = [...new Set(mine.map((section) => section.group))];
  return (
    <Box component="nav" aria-label={t("work.navigation")} sx={{ display: "flex", flexDirection: "column", height: "100%" }}>
      <LinkTo className={styles.brand} href={ROUTES.home} onClick={moved}>
        <img src="/favicon.svg" alt="" width="28" height="28" />
        {t("page.name")}
      </LinkTo>
      <Box sx={{ flex: 1, overflow: "auto" }}>
        {groups.map((group) => (
          <section key={group} aria-labelledby={`group-${group}`}>
            <Typography id={`group-${group}`} component="h2" variant="body2" sx={{ px: 2, pt: 1.5, color: "text.secondary" }}>
              {t(`groups.${group}`)}
            </Typography>
            <List dense>
              {mine.filter((section) => section.group === group).map((section) => (
                <Item key={section.path} section={section} isHere={section.path === (here?.below ?? here?.path)} moved={moved} />
              ))}
            </List>
          </section>
        ))}
      </Box>
      <AccountMenu moved={moved} />
    </Box>
  );
}

function Item({ section, isHere, moved }: { section: ListedSection; isHere: boolean; moved: () => void }) {
  const { t } = useTranslation();
  return (
    <ListItem disablePadding>
      <ListItemButton
        component={LinkTo}
        href={pathTo(section.path)}
        selected={isHere}
        aria-current={isHere ? "page" : undefined}
        onClick={moved}
        sx={{ mx: 1, borderRadius: 1 }}
      >
        <ListItemIcon sx={{ minWidth: 40, color: isHere ? "primary.main" : "text.secondary" }}>
          <section.icon />
        </ListItemIcon>
        <ListItemText primary={t(`sections.${section.name}`)} />
      </ListItemButton>
    </ListItem>
  );
}
