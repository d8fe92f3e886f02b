import Add from "@mui/icons-material/Add";
import Delete from "@mui/icons-material/Delete";
import Autocomplete from "@mui/material/Autocomplete";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import MenuItem from "@mui/material/MenuItem";
import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { type Branch, branchesOf, type Condition } from "../scenario/model";
import { freshId } from "../scenario/operations";
import { useFault } from "./faults";
import { TextInput } from "./TextInput";

interface BranchFieldsProps {
  node: Condition;
  change: (some: (node: Condition) => Condition) => void;
}

const TYPES = ["user_response", "expression"] as const;

/** The branches of a condition: what the contact says (CN-1), or what is true (CN-2). */
export function BranchFields({ node, change }: BranchFieldsProps) {
  const { t } = useTranslation();
  const branches = branchesOf(node);
  const set = (changed: readonly Branch[]) => change((one) => ({ ...one, branches: changed }) as Condition);
  const add = () => set([...branches, newBranch(node.type, freshId(branches.map(({ id }) => id), "branch"), t("canvas.new_branch"))]);
  const setType = (type: Condition["type"]) =>
    change((one) => ({ ...one, type, branches: branchesOf(one).map(({ id, label, report_field, next }) => ({ ...newBranch(type, id, label ?? ""), ...(report_field && { report_field }), ...(next && { next }) })) }) as Condition);
  return (
    <>
      <TextField select label={t("panel.condition_type")} value={node.type} onChange={(event) => setType(event.target.value as Condition["type"])}>
        {TYPES.map((type) => (
          <MenuItem key={type} value={type}>
            {t(`panel.${type}`)}
          </MenuItem>
        ))}
      </TextField>
      {branches.map((branch, index) => (
        <OneBranch
          key={branch.id}
          branch={branch}
          change={(changed) => set(branches.map((one) => (one.id === branch.id ? changed : one)))}
          remove={() => set(branches.filter((one) => one.id !== branch.id))}
          number={index + 1}
        />
      ))}
      <Button startIcon={<Add />} onClick={add}>
        {t("panel.add_branch")}
      </Button>
    </>
  );
}

const newBranch = (type: Condition["type"], id: string, label: string): Branch =>
  type === "expression" ? { id, label, expression: "" } : { id, label, patterns: [] };

interface OneBranchProps {
  branch: Branch;
  number: number;
  change: (branch: Branch) => void;
  remove: () => void;
}

function OneBranch({ branch, number, change, remove }: OneBranchProps) {
  const { t } = useTranslation();
  const fault = useFault(`branches[${number - 1}].patterns`, "inside");
  return (
    <Paper variant="outlined" sx={{ p: 1.5 }}>
      <Stack sx={{ gap: 1.5 }}>
        <Stack direction="row" sx={{ gap: 1 }}>
          <TextInput label={t("panel.branch", { number })} value={branch.label ?? ""} change={(label) => change({ ...branch, label })} />
          <IconButton aria-label={t("panel.remove_branch", { number })} onClick={remove}>
            <Delete />
          </IconButton>
        </Stack>
        {"expression" in branch ? (
          <TextInput label={t("panel.is_true")} field={`branches[${number - 1}].expression`} value={String(branch.expression)} change={(expression) => change({ ...branch, expression } as Branch)} />
        ) : (
          <Autocomplete
            multiple
            freeSolo
            autoSelect
            options={[]}
            value={(branch.patterns ?? []) as string[]}
            onChange={(_, patterns) => change({ ...branch, patterns } as Branch)}
            renderInput={(input) => <TextField {...input} label={t("panel.patterns")} error={fault?.severity === "error"} helperText={fault?.message ?? t("panel.patterns_help")} />}
          />
        )}
      </Stack>
    </Paper>
  );
}
