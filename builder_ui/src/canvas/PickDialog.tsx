import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import Dialog from "@mui/material/Dialog";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

export interface Choice {
  key: string;
  label: string;
  /** What stands at its end, such as keys. */
  hint?: string;
  run: () => void;
}

interface PickDialogProps {
  title: string;
  /** What fits a text, in the order in which it is shown. */
  fitting: (text: string) => Choice[];
  close: () => void;
}

const asTheyAre = (choices: Choice[]) => choices;

/** One of many, by typing a part of what it says. */
export function PickDialog({ title, fitting, close }: PickDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const choices = useMemo(() => fitting(text), [fitting, text]);
  return (
    <Dialog open onClose={close} slotProps={{ paper: { "aria-label": title } }} fullWidth maxWidth="xs" sx={{ "& .MuiDialog-container": { alignItems: "flex-start" } }}>
      <Autocomplete
        open
        disablePortal
        autoHighlight
        options={choices}
        filterOptions={asTheyAre}
        inputValue={text}
        onInputChange={(_, written, reason) => reason !== "reset" && setText(written)}
        getOptionLabel={({ label }) => label}
        getOptionKey={({ key }) => key}
        onClose={(_, reason) => reason === "escape" && close()}
        onChange={(_, choice) => {
          close();
          choice?.run();
        }}
        noOptionsText={t("canvas.nothing_found")}
        slotProps={{ popper: { sx: { position: "static !important", transform: "none !important", width: "100% !important" } as object } }}
        renderOption={({ key, ...option }, { label, hint }) => (
          <Box component="li" key={key} {...option} sx={{ display: "flex", gap: 2, justifyContent: "space-between !important" }}>
            <span>{label}</span>
            {hint && (
              <Typography component="kbd" variant="body2" sx={{ color: "text.secondary", flex: "none" }}>
                {hint}
              </Typography>
            )}
          </Box>
        )}
        renderInput={(input) => <TextField {...input} autoFocus label={title} sx={{ m: 2, width: "calc(100% - 2rem)" }} />}
      />
    </Dialog>
  );
}
