import Autocomplete, { createFilterOptions } from "@mui/material/Autocomplete";
import ListItemText from "@mui/material/ListItemText";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { NEXT, type Outlet } from "../scenario/model";
import { connect, disconnect } from "../scenario/operations";
import { useEditor } from "./editor";
import { FaultNote } from "./FaultNote";
import { useFault } from "./faults";
import { useSays } from "./says";

/** Nobody reads more of a list than this; typing finds the rest. */
const MOST_SHOWN = 100;

interface LinkFieldProps {
  from: Outlet;
  /** What the branch is called; empty for an action and for a nameless else. */
  label: string;
  next: readonly string[];
}

/** Where an outlet leads to, chosen by name: the way to connect without a mouse. */
export function LinkField({ from, label, next }: LinkFieldProps) {
  const { t } = useTranslation();
  const fault = useFault("next", "inside");
  const nodes = useEditor(({ scenario }) => scenario.nodes);
  const edit = useEditor((state) => state.edit);
  const says = useSays();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const nameOf = (id: string) => byId.get(id)?.label || id;
  const saysOf = (id: string) => says(byId.get(id)!);
  const choose = (wanted: readonly string[]) =>
    edit((scenario) => {
      const without = next.filter((to) => !wanted.includes(to)).reduce((now, to) => disconnect(now, from, to), scenario);
      return wanted.reduce((now, to) => connect(now, from, to), without);
    });
  const name = from.handle === NEXT ? t("panel.next") : t("panel.branch_next", { branch: label || t("canvas.else") });
  return (
    <div>
      <Autocomplete
        multiple
        options={nodes.map(({ id }) => id)}
        getOptionLabel={nameOf}
        filterOptions={createFilterOptions({ limit: MOST_SHOWN, stringify: (id) => `${nameOf(id)} ${saysOf(id)}` })}
        renderOption={({ key, ...option }, id) => (
          <li key={id} {...option} aria-label={nameOf(id)} aria-description={saysOf(id)}>
            <ListItemText primary={nameOf(id)} secondary={saysOf(id)} slotProps={{ primary: { noWrap: true }, secondary: { noWrap: true } }} sx={{ my: 0, minWidth: 0 }} />
          </li>
        )}
        value={[...next]}
        onChange={(_, wanted) => choose(wanted)}
        renderInput={(input) => <TextField {...input} label={name} error={fault?.severity === "error"} />}
      />
      <FaultNote fault={fault} />
    </div>
  );
}
