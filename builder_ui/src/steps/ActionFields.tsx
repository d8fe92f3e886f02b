import MenuItem from "@mui/material/MenuItem";
import { useTranslation } from "react-i18next";
import { Begin } from "../canvas/begin";
import { useEditorStore } from "../canvas/editor";
import { Within } from "../canvas/faults";
import { LinkField } from "../canvas/LinkField";
import { FieldList } from "../fields/FieldList";
import { SelectInput } from "../fields/SelectInput";
import { type Action, NEXT, type Step } from "../scenario/model";
import { ACTION_FIELDS } from "./action";
import { changedType, freshVariable } from "./changeType";
import type { Type } from "./kind";
import { isMadeName, namesIn } from "./names";
import { kindOf, STEP_TYPES } from "./registry";

interface ActionFieldsProps {
  node: Action;
  change: (some: (node: Action) => Action) => void;
}

/** What an action does, and what follows. */
export function ActionFields({ node, change }: ActionFieldsProps) {
  const { t } = useTranslation();
  const editor = useEditorStore();
  const choose = (type: string) =>
    change((one) => {
      const { scenario } = editor.getState();
      const step = changedType(one.step, type as Type, freshVariable(scenario));
      return { ...one, ...(isMadeName(t, one.label, one.step.type) && { label: namesIn(t)(scenario, step.type) }), step };
    });
  const { next = [] } = node;
  const canBeFollowed = !kindOf(node.step)?.leaves;
  return (
    <>
      <SelectInput field="step.type" label={t("panel.step")} value={node.step.type} known={STEP_TYPES} choose={choose}>
        {STEP_TYPES.map((type) => (
          <MenuItem key={type} value={type}>
            {t(`steps.${type}`)}
          </MenuItem>
        ))}
      </SelectInput>
      <Begin>
        <StepFields node={node} change={change} />
      </Begin>
      {(canBeFollowed || next.length > 0) && <LinkField from={{ node: node.id, handle: NEXT }} label="" next={next} />}
      {(canBeFollowed || node.final) && <FieldList fields={ACTION_FIELDS} thing={node} change={change} />}
    </>
  );
}

/** What is rarely needed of an action. */
export function RareActionFields({ node, change }: ActionFieldsProps) {
  return (
    <>
      <StepFields node={node} change={change} rare />
      <FieldList fields={ACTION_FIELDS} thing={node} change={change} rare />
    </>
  );
}

function StepFields({ node, change, rare = false }: ActionFieldsProps & { rare?: boolean }) {
  const kind = kindOf(node.step);
  if (!kind) return null;
  return (
    <Within at="step">
      <FieldList<Step> fields={kind.fields} thing={node.step} change={(some) => change((one) => ({ ...one, step: some(one.step) }))} rare={rare} />
    </Within>
  );
}
