import Box from "@mui/material/Box";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { USUAL_COLOR } from "../draft";
import { useEditing } from "../editing";
import { isColor } from "../ink";

const POINTER = "/details/color";

/** The colour of the profile: typed, or picked. */
export function ColorField({ color }: { color: string }) {
  const { t } = useTranslation();
  const { set, leave, isLocked, problemAt } = useEditing();
  const problem = problemAt(POINTER);
  const picker = (
    <Box
      component="input"
      type="color"
      aria-label={t("registrations.pick_color")}
      value={isColor(color) ? color.toLowerCase() : USUAL_COLOR}
      disabled={isLocked}
      onChange={(event) => set({ color: event.target.value.toUpperCase() })}
      sx={{ width: 32, height: 28, p: 0, mr: 1, border: 0, background: "none", flex: "none" }}
    />
  );
  return (
    <TextField
      id={POINTER}
      label={t("registrations.color")}
      value={color}
      onChange={(event) => set({ color: event.target.value })}
      onBlur={() => leave(POINTER)}
      error={problem !== undefined}
      helperText={problem ?? t("registrations.color_help")}
      slotProps={{ input: { readOnly: isLocked, startAdornment: picker } }}
      sx={{ maxWidth: "16rem" }}
    />
  );
}
