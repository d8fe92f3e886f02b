import CalendarMonth from "@mui/icons-material/CalendarMonth";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import Stack from "@mui/material/Stack";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { FieldInputProps } from "./FieldInput";
import { labelOf } from "./labels";
import { ShapedText } from "./ShapedText";

/** A moment as text, in which variables may stand; a calendar writes one. */
export function MomentInput(props: FieldInputProps<"moment">) {
  const { t } = useTranslation();
  const { owner, field, change } = props;
  const picker = useRef<HTMLInputElement>(null);
  return (
    <Stack direction="row" sx={{ gap: 0.5, alignItems: "flex-start" }}>
      <ShapedText {...props} />
      <Box sx={{ position: "relative" }}>
        <IconButton aria-label={t("messages.pick_moment", { field: labelOf(t, owner, field) })} onClick={() => picker.current?.showPicker()}>
          <CalendarMonth />
        </IconButton>
        <input
          ref={picker}
          type="datetime-local"
          tabIndex={-1}
          aria-hidden
          onChange={(event) => event.target.value && change(event.target.value)}
          style={{ position: "absolute", inset: 0, opacity: 0, pointerEvents: "none" }}
        />
      </Box>
    </Stack>
  );
}
