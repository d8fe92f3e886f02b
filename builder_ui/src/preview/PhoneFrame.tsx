import DarkMode from "@mui/icons-material/DarkMode";
import LightMode from "@mui/icons-material/LightMode";
import IconButton from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useIsDark } from "../settings/theme";
import { Marks } from "./Written";
import styles from "./PhoneFrame.module.css";

interface PhoneFrameProps {
  /** Who writes, as it stands above the chat. */
  sender: string;
  /** Whose colours the chat has. */
  channel: string;
  /** As high as what it shows. */
  isCompact?: boolean;
  children: ReactNode;
}

/** A phone that shows a chat, light or dark whatever the page is. */
export function PhoneFrame({ sender, channel, isCompact = false, children }: PhoneFrameProps) {
  const { t } = useTranslation();
  const pageIsDark = useIsDark();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isDark = chosen ?? pageIsDark;
  const other = isDark ? t("preview.light") : t("preview.dark");
  return (
    <section className={styles.frame} aria-label={t("preview.title")}>
      <div
        className={styles.phone}
        data-compact={isCompact || undefined}
        data-channel={channel}
        data-buttons={channel === "whatsapp" ? "lines" : "shapes"}
        data-theme={isDark ? "dark" : "light"}
      >
        <header className={styles.bar}>
          <span className={styles.face} aria-hidden="true">
            {sender.slice(0, 1).toUpperCase()}
          </span>
          <span className={styles.sender}>{sender}</span>
          <Tooltip title={other}>
            <IconButton size="small" color="inherit" aria-label={other} onClick={() => setChosen(!isDark)}>
              {isDark ? <LightMode fontSize="small" /> : <DarkMode fontSize="small" />}
            </IconButton>
          </Tooltip>
        </header>
        <div className={styles.chat} tabIndex={0} role="group" aria-label={t("preview.message")}>
          <Marks value={channel === "whatsapp"}>{children}</Marks>
        </div>
      </div>
    </section>
  );
}
