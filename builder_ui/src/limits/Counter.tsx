import Box from "@mui/material/Box";
import { useTranslation } from "react-i18next";

/** So many of so many. */
export function Counter({ count, most, what }: { count: number; most: number; what?: string }) {
  const { t } = useTranslation();
  const numbers = t("limits.count", { count, most });
  return (
    <Box component="span" sx={{ color: count > most ? "error.main" : "inherit", fontWeight: count > most ? 700 : "inherit" }}>
      {what ? `${what} ${numbers}` : numbers}
    </Box>
  );
}
