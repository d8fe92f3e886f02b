import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { contentOf, textOf } from "../messages/values";
import { EmailBlocks } from "./EmailBlocks";
import styles from "./Email.module.css";
import { useRoom } from "./useRoom";
import { Written } from "./Written";

/** How wide the window of a mail program is, in pixels. */
const WIDTHS = { wide: 800, regular: 600, phone: 360 } as const;
type Width = keyof typeof WIDTHS;

/** An e-mail as mail programs show it: on a wide screen, in a window, on a phone (MS-7); what is wider than the room is shown smaller. */
export function EmailPreview({ content }: { content: unknown }) {
  const { t } = useTranslation();
  const [width, setWidth] = useState<Width>("regular");
  const [window, room] = useRoom<HTMLDivElement>();
  const { subject, subtitle, blocks } = contentOf(content);
  return (
    <section aria-label={t("preview.title")} style={{ display: "grid", gap: 8, justifyItems: "stretch" }}>
      <ToggleButtonGroup exclusive size="small" value={width} aria-label={t("preview.width")} sx={{ justifySelf: "start", "& .MuiToggleButton-root": { color: "text.secondary" } }} onChange={(_, next: Width | null) => next && setWidth(next)}>
        {(Object.keys(WIDTHS) as Width[]).map((one) => (
          <ToggleButton key={one} value={one}>
            {t(`preview.widths.${one}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <div ref={window} className={styles.window} tabIndex={0} role="group" aria-label={t("preview.message")}>
        <p className={styles.subject}>{textOf(subject) ? <Written text={textOf(subject)} /> : t("preview.no_subject")}</p>
        {textOf(subtitle) && (
          <p className={styles.subtitle}>
            <Written text={textOf(subtitle)} />
          </p>
        )}
        <div className={styles.mail} style={{ width: WIDTHS[width], zoom: Math.min(1, (room || WIDTHS.phone) / WIDTHS[width]) }} data-width={width}>
          <EmailBlocks blocks={blocks} />
        </div>
      </div>
    </section>
  );
}
