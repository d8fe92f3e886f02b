import MenuIcon from "@mui/icons-material/Menu";
import AppBar from "@mui/material/AppBar";
import Box from "@mui/material/Box";
import Drawer from "@mui/material/Drawer";
import IconButton from "@mui/material/IconButton";
import Toolbar from "@mui/material/Toolbar";
import Typography from "@mui/material/Typography";
import useMediaQuery from "@mui/material/useMediaQuery";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../shell/Page.module.css";
import { ErrorBoundary } from "./ErrorBoundary";
import { Waiting } from "./Gate";
import { Missing } from "./Missing";
import { Navigation } from "./Navigation";
import type { Found } from "./sections";
import { useMay } from "./session";

const WIDTH = 240;

/** The navigation beside the page, or behind a button where there is no room. */
export function Layout({ path, found }: { path: string; found: Found }) {
  const { t } = useTranslation();
  const isNarrow = useMediaQuery("(max-width: 899px)");
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Box sx={{ display: "flex", height: "100%" }}>
      <a className={styles.skip} href="#content">
        {t("page.skip")}
      </a>
      {isNarrow && <Bar open={() => setOpen(true)} />}
      <Drawer
        variant={isNarrow ? "temporary" : "permanent"}
        open={!isNarrow || isOpen}
        onClose={close}
        sx={{ width: isNarrow ? 0 : WIDTH, flexShrink: 0, "& .MuiDrawer-paper": { width: WIDTH } }}
      >
        <Navigation path={path} moved={close} />
      </Drawer>
      <Box
        component="main"
        id="content"
        tabIndex={-1}
        sx={{ flex: 1, minWidth: 0, display: "flex", flexDirection: "column", overflow: "auto", pt: isNarrow ? 7 : 0, outline: "none" }}
      >
        <ErrorBoundary key={found.section.path} path={path}>
          <Suspense fallback={<Waiting />}>
            <Content found={found} />
          </Suspense>
        </ErrorBoundary>
      </Box>
    </Box>
  );
}

function Content({ found: { section, rest } }: { found: Found }) {
  const may = useMay(section.permission);
  return may ? <section.Page rest={rest} /> : <Missing permission={section.permission} />;
}

function Bar({ open }: { open: () => void }) {
  const { t } = useTranslation();
  return (
    <AppBar color="inherit" elevation={0} sx={{ borderBottom: 1, borderColor: "divider" }}>
      <Toolbar variant="dense">
        <IconButton edge="start" onClick={open} aria-label={t("work.menu")}>
          <MenuIcon />
        </IconButton>
        <Typography sx={{ fontWeight: 700, ml: 1 }}>{t("page.name")}</Typography>
      </Toolbar>
    </AppBar>
  );
}
