import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import { type Place, valueAt } from "../model/place";
import { nextVariable, variablesIn } from "../model/variables";
import { PlaceField } from "./PlaceField";

interface TextWithVariablesProps {
  place: Place;
  /** Where the samples stand. */
  samples: Place;
  label: string;
  help?: string;
  most?: number;
  /** How many variables it may have. */
  variables?: number;
  lines?: number;
  counts?: [number, number, string][];
}

/** A text in which variables may stand, and a sample of each of them. */
export function TextWithVariables({ place, samples, label, help, most, variables = Infinity, lines = 1, counts = [] }: TextWithVariablesProps) {
  const { t } = useTranslation();
  const { draft, set, isLocked } = useEditing();
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const text = String(valueAt(draft, place) ?? "");
  const names = variablesIn(text);
  const insert = () => {
    const variable = nextVariable(text);
    const at = input.current?.selectionEnd ?? text.length;
    set(place, text.slice(0, at) + variable + text.slice(at));
    input.current?.focus();
  };
  return (
    <Stack sx={{ gap: 1.5 }}>
      <PlaceField place={place} label={label} inputRef={input} multiline={lines > 1} minRows={lines} counts={counts} {...(help && { help })} {...(most && { most })} />
      {names.length < variables && !isLocked && (
        <Button size="small" startIcon={<Add />} onClick={insert} sx={{ alignSelf: "flex-start" }}>
          {t("whatsapp_templates.add_variable")}
        </Button>
      )}
      {names.map((_, index) => (
        <PlaceField
          key={index}
          place={[...samples, index]}
          label={t("whatsapp_templates.sample", { variable: `{{${index + 1}}}`, interpolation: { skipOnVariables: true } })}
          help={t("whatsapp_templates.sample_help")}
        />
      ))}
    </Stack>
  );
}
