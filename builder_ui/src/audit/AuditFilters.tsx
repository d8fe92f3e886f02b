import Autocomplete from "@mui/material/Autocomplete";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { en } from "../i18n/en";
import { ChoiceField } from "../workspace/ChoiceField";
import { Chosen } from "./Chosen";
import type { Filters } from "./filters";
import { type Actor, useActors } from "./useActors";

const KINDS = Object.keys(en.audit.kind_names) as (keyof typeof en.audit.kind_names)[];
const WIDTH = { width: { xs: "100%", sm: "12rem" } };

interface AuditFiltersProps {
  filters: Filters;
  change: (filters: Filters) => void;
}

export function AuditFilters({ filters, change }: AuditFiltersProps) {
  const { t } = useTranslation();
  const set = (changes: Filters) => change({ ...filters, ...changes });
  const day = (name: "since" | "until") => (
    <TextField
      label={t(`audit.${name}`)}
      type="date"
      value={filters[name] ?? ""}
      onChange={(event) => set({ [name]: event.target.value })}
      slotProps={{ inputLabel: { shrink: true } }}
      sx={WIDTH}
    />
  );
  return (
    <Stack role="search" aria-label={t("audit.filters")} direction="row" sx={{ gap: 1.5, flexWrap: "wrap", alignItems: "center" }}>
      <ActorField filters={filters} set={set} />
      <ChoiceField
        label={t("audit.kind")}
        value={filters.kind ?? null}
        choices={KINDS.map((kind) => ({ value: kind, name: t(`audit.kind_names.${kind}`) }))}
        none={t("audit.all")}
        change={(kind) => set({ kind: kind ?? "" })}
        sx={WIDTH}
      />
      {day("since")}
      {day("until")}
      {filters.action && <Chosen text={filters.action} clear={() => set({ action: "" })} />}
      {filters.object_id && <Chosen text={filters.object_id} clear={() => set({ object_id: "" })} />}
      {Object.values(filters).some(Boolean) && <Button onClick={() => change({})}>{t("audit.clear")}</Button>}
    </Stack>
  );
}

function ActorField({ filters, set }: { filters: Filters; set: (changes: Filters) => void }) {
  const { t } = useTranslation();
  const actors = useActors();
  const wanted = filters.user_id || filters.key_id;
  const gone = wanted ? ({ filter: filters.user_id ? "user_id" : "key_id", id: wanted, name: wanted, group: "" } satisfies Actor) : null;
  const chosen = actors.find(({ id }) => id === wanted) ?? gone;
  return (
    <Autocomplete
      options={actors}
      value={chosen}
      getOptionKey={({ id }) => id}
      getOptionLabel={({ name }) => name}
      groupBy={({ group }) => group}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      onChange={(_, actor) => set({ user_id: "", key_id: "", ...(actor && { [actor.filter]: actor.id }) })}
      renderInput={(input) => <TextField {...input} label={t("audit.actor")} />}
      sx={WIDTH}
    />
  );
}
