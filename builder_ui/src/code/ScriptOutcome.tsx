import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import type { TriedScript } from "./trial";

const shown = (value: unknown) => JSON.stringify(value, null, 2);

/** What a script that was tried did. */
export function ScriptOutcome({ result }: { result: TriedScript }) {
  const { t } = useTranslation();
  const { error, value, variables, removed, attributes, log, http, emails, content_problems: problems } = result;
  const calls = http.map((call) => `${call.method} ${call.url} → ${call.error ?? call.status}`);
  const mails = emails.map(({ to, subject, error: refused }) => `${to.join(", ")}: ${subject}${refused ? ` (${refused})` : ""}`);
  const changes = [...Object.entries(variables).map(([name, now]) => `${name} = ${JSON.stringify(now)}`), ...removed.map((name) => t("code.removed", { name }))];
  const changedAttributes = Object.entries(attributes).map(([name, now]) => (now === null ? t("code.removed", { name }) : `${name} = ${JSON.stringify(now)}`));
  return (
    <Stack role="status" sx={{ gap: 1.5 }}>
      {error ? (
        <Alert severity="error">{error.line ? t("code.failed_at", { line: error.line, reason: error.message }) : error.message}</Alert>
      ) : (
        <Alert severity={problems.length ? "warning" : "success"}>{problems.length ? `${t("code.no_message")} ${problems.join(" ")}` : t("code.done", { ms: Math.round(result.ms) })}</Alert>
      )}
      {!error && <Shown title={t("code.value")} text={shown(value)} />}
      <Shown title={t("code.variables")} text={changes.join("\n")} />
      <Shown title={t("code.attributes")} text={changedAttributes.join("\n")} />
      <Shown title={t("code.log")} text={log.join("\n")} />
      <Shown title={t("code.calls")} text={calls.join("\n")} />
      <Shown title={t("code.mails")} text={mails.join("\n")} />
    </Stack>
  );
}

function Shown({ title, text }: { title: string; text: string }) {
  if (text === "") return null;
  return (
    <div>
      <Typography variant="body2" component="h4" sx={{ color: "text.secondary" }}>
        {title}
      </Typography>
      <Box component="pre" tabIndex={0} sx={{ m: 0, p: 1, borderRadius: 1, bgcolor: "action.hover", fontSize: 12, maxHeight: 220, overflow: "auto", whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {text}
      </Box>
    </div>
  );
}
