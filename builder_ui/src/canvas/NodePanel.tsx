import Close from "@mui/icons-material/Close";
import IconButton from "@mui/material/IconButton";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ConditionFields } from "../conditions/ConditionFields";
import { EditingProvider } from "../fields/editing";
import { saysRareThings, withField } from "../fields/field";
import { More } from "../fields/More";
import { SelectInput } from "../fields/SelectInput";
import { isAction, isNode, type Node, type Role, ROLES, roleOf } from "../scenario/model";
import { changeNode, giveRole } from "../scenario/operations";
import { inStep } from "../replies/inStep";
import { ACTION_FIELDS } from "../steps/action";
import { ActionFields, RareActionFields } from "../steps/ActionFields";
import { kindOf } from "../steps/registry";
import { TryHere } from "../trying/TryHere";
import { VariablesProvider } from "../variables/current";
import { knownAt } from "../variables/known";
import { beginIn } from "./begin";
import { useEditor } from "./editor";
import { FaultsProvider } from "./faults";
import { JsonInput } from "./JsonInput";
import { NodeProblems } from "./NodeProblems";
import { useProblemsOf } from "./problems";
import { Sheet } from "./Sheet";
import { TextInput } from "./TextInput";

interface NodePanelProps {
  id: string;
  isEditing: boolean;
  close: () => void;
  isBehind: boolean;
  head: ReactNode;
}

/** Everything about one node (ED-2). */
export function NodePanel({ id, isEditing, close, isBehind, head }: NodePanelProps) {
  const { t } = useTranslation();
  const node = useEditor(({ scenario }) => scenario.nodes.find((one) => one.id === id));
  const problems = useProblemsOf(id);
  const scenario = useDeferredValue(useEditor((state) => state.scenario));
  const known = useMemo(() => knownAt(scenario, id), [scenario, id]);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => beginIn(panel.current), []);
  if (!node) return null;
  return (
    <FaultsProvider problems={problems}>
      <Sheet ref={panel} label={t("panel.label", { name: node.label || node.id })} close={close} isBehind={isBehind} head={head} foot={<NodeProblems node={node} isEditing={isEditing} />}>
        <Stack direction="row" sx={{ alignItems: "center", mb: 2 }}>
          <Typography variant="h2" sx={{ flex: 1 }}>
            {t(`panel.${node.kind}`)}
          </Typography>
          <TryHere node={id} />
          <IconButton aria-label={t("work.close")} onClick={close}>
            <Close />
          </IconButton>
        </Stack>
        <VariablesProvider value={known}>
          <EditingProvider value={isEditing}>
            <fieldset disabled={!isEditing} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
              <Fields node={node} />
            </fieldset>
          </EditingProvider>
        </VariablesProvider>
      </Sheet>
    </FaultsProvider>
  );
}

function Fields({ node }: { node: Node }) {
  const { t } = useTranslation();
  const edit = useEditor((state) => state.edit);
  const change = (some: (one: Node) => Node) => edit((scenario) => inStep(scenario, changeNode(scenario, node.id, some), node.id));
  return (
    <Stack sx={{ gap: 2 }}>
      <TextInput label={t("panel.name")} field="label" value={node.label ?? ""} change={(label) => change((one) => withField(one, "label", label || undefined))} />
      {isAction(node) ? <ActionFields node={node} change={change as never} /> : <ConditionFields node={node} change={change as never} />}
      <More label={t("panel.more")} isOpen={saysRare(node)}>
        <RoleField node={node} />
        {isAction(node) && <RareActionFields node={node} change={change as never} />}
        <JsonInput label={t("panel.as_json")} value={node} read={(typed) => nodeOf(node, typed)} change={(typed) => change(() => typed)} />
      </More>
    </Stack>
  );
}

function RoleField({ node }: { node: Node }) {
  const { t } = useTranslation();
  const edit = useEditor((state) => state.edit);
  const roles = (["regular", ...ROLES] as const).filter((role) => role !== "start" || isAction(node));
  return (
    <SelectInput field="role" label={t("panel.role")} helperText={t("panel.role_help")} value={roleOf(node)} known={roles} choose={(role) => edit((scenario) => giveRole(scenario, node.id, role as Role))}>
      {roles.map((role) => (
        <MenuItem key={role} value={role}>
          {t(`roles.${role}`)}
        </MenuItem>
      ))}
    </SelectInput>
  );
}

/** Whether something that is folded away is said. The start was not chosen there. */
function saysRare(node: Node): boolean {
  if (!["regular", "start"].includes(roleOf(node))) return true;
  return isAction(node) && (saysRareThings(ACTION_FIELDS, node) || saysRareThings(kindOf(node.step)?.fields ?? {}, node.step));
}

/** What was typed as a node, under the id that it has; null: it cannot be drawn as one. */
function nodeOf(node: Node, typed: object): Node | null {
  const changed = { ...typed, id: node.id };
  return isNode(changed) ? changed : null;
}
