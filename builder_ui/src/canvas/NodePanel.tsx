import Close from "@mui/icons-material/Close";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { exitsOf, isAction, type Node, type Role, ROLES, roleOf } from "../scenario/model";
import { changeNode, giveRole } from "../scenario/operations";
import { ActionFields } from "./ActionFields";
import { BranchFields } from "./BranchFields";
import { useEditor } from "./editor";
import { FaultsProvider } from "./faults";
import { LinkField } from "./LinkField";
import { NodeProblems } from "./NodeProblems";
import { useProblemsOf } from "./problems";
import { TextInput } from "./TextInput";

interface NodePanelProps {
  id: string;
  isEditing: boolean;
  close: () => void;
}

/** Everything about one node (ED-2). */
export function NodePanel({ id, isEditing, close }: NodePanelProps) {
  const { t } = useTranslation();
  const node = useEditor(({ scenario }) => scenario.nodes.find((one) => one.id === id));
  const problems = useProblemsOf(id);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.querySelector<HTMLElement>("input, textarea")?.focus(), []);
  if (!node) return null;
  return (
    <Box
      component="aside"
      ref={panel}
      aria-label={t("panel.label", { name: node.label || node.id })}
      onKeyDown={(event) => event.key === "Escape" && close()}
      sx={{ width: { xs: "100%", sm: 380 }, position: { xs: "absolute", sm: "static" }, inset: { xs: 0 }, zIndex: 5, bgcolor: "background.paper", borderLeft: 1, borderColor: "divider", overflow: "auto", p: 2 }}
    >
      <Stack direction="row" sx={{ alignItems: "center", mb: 2 }}>
        <Typography variant="h2" sx={{ flex: 1 }}>
          {t(`panel.${node.kind}`)}
        </Typography>
        <IconButton aria-label={t("work.close")} onClick={close}>
          <Close />
        </IconButton>
      </Stack>
      <FaultsProvider problems={problems}>
        <NodeProblems problems={problems} isEditing={isEditing} />
        <fieldset disabled={!isEditing} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
          <Fields node={node} />
        </fieldset>
      </FaultsProvider>
    </Box>
  );
}

function Fields({ node }: { node: Node }) {
  const { t } = useTranslation();
  const edit = useEditor((state) => state.edit);
  const change = (some: (one: Node) => Node) => edit((scenario) => changeNode(scenario, node.id, some));
  return (
    <Stack sx={{ gap: 2 }}>
      <TextInput label={t("panel.name")} field="label" value={node.label ?? ""} change={(label) => change((one) => ({ ...one, label }))} />
      <TextField
        select
        label={t("panel.role")}
        helperText={t("panel.role_help")}
        value={roleOf(node)}
        onChange={(event) => edit((scenario) => giveRole(scenario, node.id, event.target.value as Role))}
      >
        {(["regular", ...ROLES] as const).filter((role) => role !== "start" || isAction(node)).map((role) => (
          <MenuItem key={role} value={role}>
            {t(`roles.${role}`)}
          </MenuItem>
        ))}
      </TextField>
      {isAction(node) ? <ActionFields node={node} change={change as never} /> : <BranchFields node={node} change={change as never} />}
      {exitsOf(node).map((exit) => (
        <LinkField key={exit.handle} from={{ node: node.id, handle: exit.handle }} label={exit.label} next={exit.next} />
      ))}
    </Stack>
  );
}
