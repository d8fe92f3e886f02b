import Box from "@mui/material/Box";
import { useTranslation } from "react-i18next";
import type { Difference } from "./differences";

const MOST_SHOWN = 3;

/** The first differences, a line each: what was is struck through. */
export function Summary({ differences }: { differences: readonly Difference[] }) {
  const { t } = useTranslation();
  const more = differences.length - MOST_SHOWN;
  return (
    <Box sx={{ lineHeight: 1.6, overflowWrap: "anywhere" }}>
      {differences.slice(0, MOST_SHOWN).map((one) => (
        <Box key={one.field} sx={{ display: "-webkit-box", WebkitLineClamp: 2, WebkitBoxOrient: "vertical", overflow: "hidden" }}>
          <Box component="span" sx={{ color: "text.secondary" }}>
            {one.field}:
          </Box>{" "}
          {one.old && <del>{one.old}</del>} {one.new}
        </Box>
      ))}
      {more > 0 && <Box sx={{ color: "text.secondary" }}>{t("audit.more", { count: more })}</Box>}
    </Box>
  );
}
