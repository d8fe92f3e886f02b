import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Begin } from "../canvas/begin";
import { Within } from "../canvas/faults";
import { SelectInput } from "../fields/SelectInput";
import { useTrial } from "../patterns/trial";
import { branchesOf, type Condition } from "../scenario/model";
import { BranchCard } from "./BranchCard";
import { addBranch, withType } from "./branches";
import { ElseCard } from "./ElseCard";
import { patternsOf } from "./patternsOf";

export interface ConditionFieldsProps {
  node: Condition;
  change: (some: (node: Condition) => Condition) => void;
}

const TYPES = ["user_response", "expression"] as const;

/** The branches of a condition: what the contact says (CN-1), or what is true (CN-2). */
export function ConditionFields({ node, change }: ConditionFieldsProps) {
  const { t } = useTranslation();
  const [sample, setSample] = useState("");
  const branches = branchesOf(node);
  const tried = useTrial(branches.flatMap(patternsOf), sample);
  return (
    <>
      <SelectInput field="type" label={t("panel.condition_type")} value={node.type} known={TYPES} choose={(type) => change((one) => withType(one, type as Condition["type"]))}>
        {TYPES.map((type) => (
          <MenuItem key={type} value={type}>
            {t(`panel.${type}`)}
          </MenuItem>
        ))}
      </SelectInput>
      <Begin>
        {branches.map((branch, index) => (
          <Within key={keyOf(node, index)} at={`branches[${index}]`}>
            <BranchCard node={node} branch={branch} index={index} tried={tried} hasSample={sample !== ""} change={change} />
          </Within>
        ))}
      </Begin>
      <Button startIcon={<Add />} onClick={() => change(addBranch)}>
        {t("panel.add_branch")}
      </Button>
      <Within at="else">
        <ElseCard node={node} change={change} />
      </Within>
      {node.type === "user_response" && (
        <TextField label={t("conditions.sample")} helperText={t("conditions.sample_help")} value={sample} onChange={(event) => setSample(event.target.value)} />
      )}
    </>
  );
}

/** Branches keep their card when they are moved; two of one id are told apart by their place. */
function keyOf(node: Condition, index: number): string {
  const ids = branchesOf(node).map(({ id }) => id);
  const id = ids[index]!;
  return ids.indexOf(id) === index ? id : `${id} ${index}`;
}
