import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";

const POINTER = "/details/countries";

/** The countries in which the sender writes, by their names in the language of the page. */
export function CountriesField({ chosen }: { chosen: readonly string[] }) {
  const { t, i18n } = useTranslation();
  const { limits, set, leave, isLocked, problemAt } = useEditing();
  const names = useMemo(() => new Intl.DisplayNames([i18n.language], { type: "region", fallback: "code" }), [i18n.language]);
  const nameOf = (country: string) => (/^[A-Z]{2}$/.test(country) ? (names.of(country) ?? country) : country);
  const options = useMemo(() => {
    const named = limits.countries.map((country) => ({ country, name: names.of(country) ?? country }));
    return named.sort((one, other) => one.name.localeCompare(other.name, i18n.language)).map(({ country }) => country);
  }, [limits.countries, names, i18n.language]);
  const problem = problemAt(POINTER, true);
  return (
    <Autocomplete
      multiple
      id={POINTER}
      options={options}
      value={[...chosen]}
      getOptionLabel={nameOf}
      onChange={(_, countries) => set({ countries })}
      onBlur={() => leave(POINTER)}
      readOnly={isLocked}
      renderInput={(input) => (
        <TextField {...input} required label={t("registrations.countries")} error={problem !== undefined} helperText={problem ?? t("registrations.countries_help")} />
      )}
    />
  );
}
