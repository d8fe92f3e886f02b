import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGES } from "../i18n";
import { ChoiceField } from "../workspace/ChoiceField";
import { fieldError } from "../workspace/places";
import { timeZones } from "./timeZones";

/** How somebody reads and sees times; null: as the company does. */
export interface Region {
  language: string | null;
  time_zone: string | null;
}

interface RegionFieldsProps {
  region: Region;
  change: (changes: Partial<Region>) => void;
  error: unknown;
  disabled?: boolean;
}

export function RegionFields({ region, change, error, disabled = false }: RegionFieldsProps) {
  const { t } = useTranslation();
  const zones = useMemo(timeZones, []);
  const spoken = Object.entries(LANGUAGES).map(([value, { name }]) => ({ value, name: String(name) }));
  const other = region.language !== null && !(region.language in LANGUAGES) ? [{ value: region.language, name: region.language }] : [];
  return (
    <>
      <ChoiceField
        label={t("page.language")}
        value={region.language}
        choices={[...spoken, ...other]}
        none={t("account.as_company")}
        change={(language) => change({ language })}
        disabled={disabled}
        {...fieldError(error, "/language")}
      />
      <Autocomplete
        options={zones}
        value={region.time_zone}
        onChange={(_, time_zone) => change({ time_zone })}
        disabled={disabled}
        renderInput={(input) => (
          <TextField
            {...input}
            label={t("account.time_zone")}
            placeholder={t("account.as_company")}
            slotProps={{ ...input.slotProps, inputLabel: { ...input.slotProps.inputLabel, shrink: true } }}
            {...fieldError(error, "/time_zone")}
          />
        )}
      />
    </>
  );
}
