import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { valueText } from "../chatbots/answers/answers";
import { entryInWords, whyInWords } from "../trying/logWords";
import type { Turn } from "./threads";

/** What a turn did and why, what it sent, and which variables it set. */
export function TurnDetails({ turn }: { turn: Turn }) {
  const { t } = useTranslation();
  const changed = Object.entries(turn.changed);
  return (
    <Box component="section" aria-label={t("inspector.details", { number: turn.number })} sx={{ mt: 2, display: "grid", gap: 2, gridTemplateColumns: { md: "1fr 1fr" }, overflowWrap: "anywhere" }}>
      <Part title={t("inspector.log")}>
        {turn.log.map((entry, index) => (
          <Logged key={index} entry={entry} />
        ))}
      </Part>
      <div>
        {turn.sent.length > 0 && (
          <Part title={t("inspector.sent")}>
            {turn.sent.map(({ id, content, status, error }) => (
              <li key={id}>
                {saidBy(content)} {status && <em>({[t(`message_status.${status as "sent"}`, { defaultValue: status }), error].filter(Boolean).join(": ")})</em>}
              </li>
            ))}
          </Part>
        )}
        {changed.length > 0 && (
          <Part title={t("inspector.changed")}>
            {changed.map(([name, value]) => (
              <li key={name}>
                <strong>{name}</strong> = {valueText(value)}
              </li>
            ))}
          </Part>
        )}
      </div>
    </Box>
  );
}

/** An entry of the log in the words of the page, with what it is about below. */
function Logged({ entry }: { entry: Turn["log"][number] }) {
  const { t, i18n } = useTranslation();
  const speaker = { t, language: i18n.language, labelOf: () => entry.node_label ?? entry.node ?? "" };
  const { sentence, details } = entryInWords(entry, speaker);
  const why = entry.what === "branch" && entry.why ? [whyInWords(entry.why, speaker)] : [];
  return (
    <li>
      {sentence}
      {[...why, ...details].map((detail, index) => (
        <Typography key={index} variant="body2" sx={{ color: "text.secondary" }}>
          {detail}
        </Typography>
      ))}
    </li>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <Typography variant="h3" sx={{ fontSize: "1rem" }}>
      {title}
    </Typography>
    <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
      {children}
    </Box>
  </div>
);

/** What a message says, or what kind it is. */
function saidBy({ text, body, caption, type }: Record<string, unknown>): string {
  return ([text, body, caption, type].find((one) => typeof one === "string" && one) as string | undefined) ?? "";
}
