import Accordion from "@mui/material/Accordion";
import AccordionDetails from "@mui/material/AccordionDetails";
import AccordionSummary from "@mui/material/AccordionSummary";
import ExpandMore from "@mui/icons-material/ExpandMore";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface JsonInputProps<Value extends object> {
  label: string;
  value: Value;
  /** What was typed as such a value; null: it is none. */
  read: (typed: object) => Value | null;
  change: (value: Value) => void;
}

/** Something of the scenario as the JSON of its file: every field can be reached, also those that no form has. */
export function JsonInput<Value extends object>({ label, value, read: valueOf, change }: JsonInputProps<Value>) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const text = JSON.stringify(value, null, 2);
  const object = objectOf(typed ?? text);
  const read = object && valueOf(object);
  const commit = () => {
    if (typed === null || read === null) return;
    if (JSON.stringify(read) !== JSON.stringify(value)) change(read);
    setTyped(null);
  };
  return (
    <Accordion disableGutters variant="outlined" slotProps={{ transition: { unmountOnExit: true }, region: { role: "group" } }}>
      <AccordionSummary expandIcon={<ExpandMore />}>{label}</AccordionSummary>
      <AccordionDetails>
        <TextField
          multiline
          minRows={4}
          label={label}
          value={typed ?? text}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={commit}
          error={read === null}
          helperText={read === null ? t("panel.no_json") : t("panel.json_help")}
          slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: "monospace", fontSize: 12 } } }}
        />
      </AccordionDetails>
    </Accordion>
  );
}

function objectOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
