import Box from "@mui/material/Box";
import { useTranslation } from "react-i18next";

interface HelperProps {
  text: string | undefined;
  /** How many there are, of how many there may be; and of what, where there are several. */
  counts: [number, number, string?][];
}

/** What is said below a field: what is wrong or what to write, and how much room is left. */
export function Helper({ text, counts }: HelperProps) {
  return (
    <Box component="span" sx={{ display: "flex", gap: 2, justifyContent: "space-between" }}>
      <span>{text}</span>
      <Box component="span" sx={{ display: "flex", gap: 1.5, whiteSpace: "nowrap" }}>
        {counts.map(([count, most, what]) => (
          <Counter key={what ?? ""} count={count} most={most} {...(what && { what })} />
        ))}
      </Box>
    </Box>
  );
}

/** So many of so many. */
export function Counter({ count, most, what }: { count: number; most: number; what?: string }) {
  const { t } = useTranslation();
  const numbers = t("whatsapp_templates.count", { count, most });
  return (
    <Box component="span" sx={{ color: count > most ? "error.main" : "inherit", fontWeight: count > most ? 700 : "inherit" }}>
      {what ? `${what} ${numbers}` : numbers}
    </Box>
  );
}
