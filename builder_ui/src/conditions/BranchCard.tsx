import ArrowDownward from "@mui/icons-material/ArrowDownward";
import ArrowUpward from "@mui/icons-material/ArrowUpward";
import Delete from "@mui/icons-material/Delete";
import IconButton from "@mui/material/IconButton";
import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { useFault } from "../canvas/faults";
import { FaultNote, OwnFaults } from "../canvas/FaultNote";
import { LinkField } from "../canvas/LinkField";
import { TextInput } from "../canvas/TextInput";
import { ExpressionInput } from "../expressions/ExpressionInput";
import { saysRareThings } from "../fields/field";
import { FieldList } from "../fields/FieldList";
import { More } from "../fields/More";
import { PatternsInput } from "../patterns/PatternsInput";
import type { Tried } from "../patterns/trial";
import { type Branch, branchesOf, branchHandle } from "../scenario/model";
import { changeBranch, moveBranch, removeBranch } from "./branches";
import type { ConditionFieldsProps } from "./ConditionFields";
import { BRANCH_FIELDS } from "./otherwise";
import { patternsOf } from "./patternsOf";

interface BranchCardProps extends ConditionFieldsProps {
  branch: Branch;
  index: number;
  tried: ReadonlyMap<string, Tried>;
  hasSample: boolean;
}

const OWN = ["", "id", "suggestion"];

/** One branch: what it is called, when it is taken, where it leads. */
export function BranchCard({ node, branch, index, tried, hasSample, change: changeNode }: BranchCardProps) {
  const { t } = useTranslation();
  const fault = useFault("patterns", "inside");
  const number = index + 1;
  const change = (some: (one: Branch) => Branch) => changeNode((one) => changeBranch(one, index, some));
  const set = (values: object) => change((one) => ({ ...one, ...values }) as Branch);
  return (
    <Paper variant="outlined" sx={{ p: 1.5 }}>
      <Stack sx={{ gap: 1.5 }}>
        <Stack direction="row" sx={{ alignItems: "flex-start" }}>
          <TextInput
            label={t("panel.branch", { number })}
            field="label"
            placeholder={t("conditions.label_placeholder")}
            value={branch.label ?? ""}
            change={(label) => set({ label })}
            fullWidth
          />
          <IconButton aria-label={t("conditions.earlier", { number })} disabled={index === 0} onClick={() => changeNode((one) => moveBranch(one, index, -1))}>
            <ArrowUpward />
          </IconButton>
          <IconButton aria-label={t("conditions.later", { number })} disabled={number === branchesOf(node).length} onClick={() => changeNode((one) => moveBranch(one, index, 1))}>
            <ArrowDownward />
          </IconButton>
          <IconButton aria-label={t("panel.remove_branch", { number })} onClick={() => changeNode((one) => removeBranch(one, index))}>
            <Delete />
          </IconButton>
        </Stack>
        <OwnFaults fields={OWN} />
        {node.type === "expression" ? (
          <ExpressionInput name="expression" thing={branch} label={t("panel.is_true")} help={undefined} value={(branch as { expression?: unknown }).expression} set={(expression) => set({ expression: expression ?? "" })} />
        ) : (
          <PatternsInput label={t("panel.patterns")} help={t("panel.patterns_help")} patterns={patternsOf(branch)} change={(patterns) => set({ patterns })} tried={tried} hasSample={hasSample} note={<FaultNote fault={fault} />} />
        )}
        <LinkField from={{ node: node.id, handle: branchHandle(branch.id) }} label={branch.label || t("panel.branch", { number })} next={branch.next ?? []} />
        <More label={t("conditions.more", { number })} isOpen={saysRareThings(BRANCH_FIELDS, branch)}>
          <FieldList fields={BRANCH_FIELDS} thing={branch} change={change} rare />
        </More>
      </Stack>
    </Paper>
  );
}
