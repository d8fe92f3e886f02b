import Box from "@mui/material/Box";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Line, lines } from "./lines";

const SIGNS = { added: "+", removed: "−", same: " ", hidden: "" } as const;
const COLORS = { added: "success.main", removed: "error.main", same: "text.primary", hidden: "text.secondary" } as const;

/** Two files line by line, as their developers read them. */
export function FileDiff({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation();
  const found = useMemo(() => lines(before, after), [before, after]);
  return (
    <Box component="pre" tabIndex={0} role="region" aria-label={t("history.view_code")} sx={{ m: 0, p: 2, overflow: "auto", border: 1, borderColor: "divider", borderRadius: 1, fontSize: 12, lineHeight: 1.6 }}>
      {found.map((line, index) => (
        <OneLine key={index} line={line} />
      ))}
    </Box>
  );
}

function OneLine({ line: { kind, text } }: { line: Line }) {
  const { t } = useTranslation();
  if (kind === "hidden") return <Box sx={{ color: COLORS.hidden, my: 0.5 }}>{t("history.hidden", { count: Number(text) })}</Box>;
  return (
    <Box component={kind === "added" ? "ins" : kind === "removed" ? "del" : "div"} sx={{ display: "block", color: COLORS[kind], textDecoration: "none" }}>
      {`${SIGNS[kind]} ${text}`}
    </Box>
  );
}
